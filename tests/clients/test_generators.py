"""datamodel-code-generator makes classes of every schema, and those of published documents read them."""

import importlib.util
import pathlib
import shutil
import sys
import tempfile
import unittest
import warnings

from datamodel_code_generator import DataModelType, InputFileType, generate
from datamodel_code_generator.format import Formatter

from support import DOCUMENTS, KINDS, ROOT, schemas, xtask


class Generators(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)

    def classes(self, schema):
        """Returns the module that is generated from a schema; its class `Document` is the document."""
        name = "generated_" + schema.name.split(".")[0].replace("-", "_")
        path = self.folder / f"{name}.py"
        generate(
            schema,
            input_file_type=InputFileType.JsonSchema,
            output=path,
            output_model_type=DataModelType.PydanticV2BaseModel,
            class_name="Document",
            formatters=[Formatter.BUILTIN],
        )
        spec = importlib.util.spec_from_file_location(name, path)
        # Pydantic looks its module up by name.
        module = sys.modules[name] = importlib.util.module_from_spec(spec)
        self.addCleanup(sys.modules.pop, name)
        spec.loader.exec_module(module)
        return module

    def test_schemas_of_data_files(self):
        for schema in schemas(ROOT / "schema", KINDS).values():
            with self.subTest(schema.name):
                self.assertTrue(self.classes(schema).Document.model_fields)

    def test_published_documents(self):
        published = self.folder / "json"
        exported = xtask("export", "json", "--quiet", "--out", published)
        self.assertEqual(exported.returncode, 0, exported.stderr)
        for name, schema in schemas(published / "schema", DOCUMENTS).items():
            one = published / f"{name}.json"
            documents = [one] if one.exists() else sorted((published / f"{name}s").glob("*.json"))
            self.assertTrue(documents)
            document = self.classes(schema).Document
            for path in documents:
                with self.subTest(path.name):
                    read = document.model_validate_json(path.read_text())
                    again = document.model_validate_json(read.model_dump_json(by_alias=True))
                    self.assertEqual(again, read)


if __name__ == "__main__":
    unittest.main()
