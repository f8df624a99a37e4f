//! The keys of every table, as the model names them.

use model::{
    Allow, Cell, Contradiction, Dimension, DimensionFile, Evidence, Exception, FactSpec, Fetch, Flag,
    Offering, Organization, Platform, Profile, RegistryInfo, Retired, Review, Synonym,
};

use crate::read::{FieldReader, Record};

macro_rules! record {
    ($name:ident { $($how:ident $field:ident $(as $key:literal)?),+ $(,)? }) => {
        impl Record for $name {
            const KEYS: &[&str] = &[$(record!(@key $field $($key)?)),+];

            #[inline]
            fn read(fields: &mut FieldReader<'_, '_>) -> Self {
                Self { $($field: fields.$how(record!(@key $field $($key)?)),)+ }
            }
        }
    };
    (@key $field:ident) => { stringify!($field) };
    (@key $field:ident $key:literal) => { $key };
}

record!(RegistryInfo {
    required name,
    optional licence,
    optional disclaimer,
    optional corrections,
    optional site_url,
    optional repository_url,
    optional allow,
    optional retired,
});
record!(Retired { required entity, optional dimension, required on, required reason });
record!(Allow { required rule, required reason, required owner, optional dimension, optional until });

record!(Profile {
    optional skip,
    optional optional,
    optional dates,
    optional columns,
    optional values,
    optional pass_over,
    optional constants,
});

record!(Organization {
    required id,
    required name,
    optional former_ids,
    optional homepage,
    optional domains,
    optional allow,
    optional cells,
});
record!(Platform { required id, required name, optional former_ids, required operator, optional allow, optional cells });
record!(Offering {
    required id,
    required name,
    optional former_ids,
    optional developer,
    required platform,
    required category,
    optional model_family,
    optional summary,
    optional allow,
    optional cells,
});

record!(Cell {
    required status,
    optional confidence,
    optional confidence_reasons,
    optional headline,
    optional note,
    optional tier,
    optional route,
    optional default,
    optional geography,
    optional geography_note,
    optional verified_on,
    optional override_reason,
    optional parts,
    optional facts,
    optional exceptions,
    optional evidence,
    optional reviews,
    optional flags,
});
record!(Evidence {
    required url,
    optional title,
    optional role,
    optional quote,
    optional archived_url,
    optional fetch,
});
record!(Fetch { required outcome, optional on, optional http_status, optional via, optional reported_by });
record!(Exception { required models, required status, optional headline, optional note, optional facts });
record!(Review { required on, optional by, required verdict, optional reason, optional flag });
record!(Flag { required id, required raised_on, required what });

record!(DimensionFile { required dimensions });
record!(Dimension {
    required id,
    required label,
    required question,
    required slug,
    required group,
    required level,
    required order,
    optional guidance,
    optional parts,
    optional stale_after_days,
    optional facts,
});
record!(FactSpec {
    required key,
    required kind as "type",
    optional one_of,
    optional format,
    optional unit,
    optional minimum,
    optional maximum,
    optional may_lie_ahead,
    required meaning,
    optional synonyms,
    optional contradicts,
});
record!(Synonym { required key, optional mend, optional when, optional when_format });
record!(Contradiction {
    required level,
    optional value,
    optional is,
    optional status,
    optional tier,
    optional default,
    optional default_other_than,
    optional geography,
    optional geography_without,
    optional fact,
    optional fact_value,
    optional without_exceptions,
    optional other_developer,
    optional own_model,
});
