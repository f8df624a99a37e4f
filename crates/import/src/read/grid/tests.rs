use super::*;

#[test]
fn a_grid_keeps_within_its_room() {
    let room = Room { rows: 2, cells: 3, texts: 6, ..Room::default() };
    let filled = |rows: &[&[&str]]| {
        let mut grid = Grid::default().within(room);
        for (number, row) in (1..).zip(rows) {
            grid.next_row(number);
            row.iter().for_each(|text| grid.push(0, CellKind::Text, text));
        }
        (grid.excess(), grid.left())
    };
    // A blank row is none.
    let (excess, left) = filled(&[&["ab"], &[], &["cd"], &[], &["ef"]]);
    assert_eq!((excess, left.rows, left.cells, left.texts), (None, 0, 0, 0));
    let excess = |rows: &[&[&str]]| filled(rows).0.unwrap();
    assert_eq!(excess(&[&["a"], &["b"], &["c"], &["d"]]), format!("more than {MAX_ROWS} rows"));
    assert_eq!(excess(&[&["a", "b"], &["c", "d"]]), format!("more than {MAX_CELLS} cells"));
    assert_eq!(excess(&[&["abcdefg"]]), "texts of more than 100 MiB");
}

#[test]
fn escaped_texts_are_unescaped_in_their_place() {
    let text = Arc::new("a\"\"é\"\"\r\nb\rc,d".to_owned());
    let (mut copied, mut grid) = (Grid::of(&text, 0), Grid::of(&text, 0));
    for grid in [&mut copied, &mut grid] {
        grid.begin_row(1);
        grid.push_escaped(0, 0..12);
        grid.push_piece(1, 13..14);
    }
    drop(text);
    copied.copy_escaped();
    grid.unescape();
    for grid in [copied, grid] {
        assert_eq!((grid.row(0).text(0), grid.row(0).text(1)), ("a\"é\"\nb\nc", "d"));
    }
}

#[test]
fn whole_numbers_are_exact_or_none() {
    assert_eq!(CellKind::of_number(27001.0), (CellKind::Integer, "27001".to_owned()));
    assert_eq!(CellKind::of_number(-3.0), (CellKind::Integer, "-3".to_owned()));
    assert_eq!(CellKind::of_number(0.1 + 0.2), (CellKind::Number, "0.30000000000000004".to_owned()));
    assert_eq!(CellKind::of_number(9_007_199_254_740_992.0).0, CellKind::Number);
}
