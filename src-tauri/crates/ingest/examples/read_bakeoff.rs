//! Reads a file or folder of results and says what it holds and how long it took: `read_bakeoff PATH [--told]`.

use std::path::PathBuf;
use std::time::Instant;

use ingest::bakeoff::{ReadOptions, Told, read, sniff};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = PathBuf::from(std::env::args().nth(1).ok_or("usage: read_bakeoff PATH [--told]")?);
    let shows = std::env::args().nth(2).is_some();
    for file in sniff(&path)? {
        println!("{} {:?}", file.name, file.formats.iter().map(|format| format.name()).collect::<Vec<_>>());
    }
    let started = Instant::now();
    let counts = read(&path, &ReadOptions::default(), &mut |_| true, &mut |told| {
        if shows || matches!(told, Told::Issue(_)) {
            let text = format!("{told:?}");
            println!("{}", text.chars().take(1_500).collect::<String>());
        }
        true
    })?;
    println!("{counts:#?}\n{:?}", started.elapsed());
    Ok(())
}
