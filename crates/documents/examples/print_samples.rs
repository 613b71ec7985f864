//! Writes every sample as a PDF into a directory, to be looked at, and says how long a render
//! takes: the first one, and the middle one of many with different data.

use std::error::Error;
use std::path::Path;
use std::time::{Duration, Instant};

use documents::{Form, Templates, render, sample};

fn main() -> Result<(), Box<dyn Error>> {
    let directory = std::env::args().nth(1).ok_or("usage: print_samples DIRECTORY [ROUNDS]")?;
    let rounds = std::env::args().nth(2).map_or(Ok(0), |n| n.parse())?;
    let templates = Templates::embedded();
    for (name, form) in sample::named() {
        let start = Instant::now();
        let bytes = render(&form, &templates)?;
        let first = start.elapsed();
        std::fs::write(Path::new(&directory).join(format!("{name}.pdf")), &bytes)?;
        let warm = median(form, rounds, &templates)?;
        println!("{name:28} {:7} bytes, first {first:9.2?}, warm {warm:9.2?}", bytes.len());
    }
    Ok(())
}

/// The middle time of `rounds` renders, each with another number.
fn median(mut form: Form, rounds: u32, templates: &Templates) -> Result<Duration, Box<dyn Error>> {
    let mut times = vec![Duration::ZERO; usize::from(rounds == 0)];
    for round in 0..rounds {
        vary(&mut form, round);
        let start = Instant::now();
        render(&form, templates)?;
        times.push(start.elapsed());
    }
    times.sort_unstable();
    Ok(times[times.len() / 2])
}

fn vary(form: &mut Form, round: u32) {
    form.letterhead_mut().number.ordinal = Some(round);
    if let Form::Receipt(form) = form {
        form.applicant.name = format!("Sùng Thị Mẫu {round}");
        form.tracking.url.push_str(&(round % 10).to_string());
        form.tracking.url.truncate(60);
    }
}
