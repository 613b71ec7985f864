//! `motcua deadline`: due dates for anyone who wants to check us, JSON lines in, JSON lines out.
//!
//! docs/deadline.md describes the format. A bad line is answered with an error and the run goes
//! on.

mod answer;
mod asked;
mod scan;
mod text;

use std::io::{self, BufRead, Read, Write};

/// Longer lines are not read: a case with a thousand special days has 30 kB.
const LINE_BYTES: u64 = 1 << 20;

/// What is written for a due date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Explained {
    /// The explanation as data.
    Data,
    /// And its sentences.
    DataAndWords,
}

/// Answers every line of `input` on `output`, each as soon as no more input is at hand.
///
/// # Errors
/// Of reading and writing. A reader that went away is none.
pub(crate) fn run(
    input: impl Read,
    mut output: impl Write,
    explained: Explained,
) -> io::Result<()> {
    match answer_all(input, &mut output, explained) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        outcome => outcome,
    }
}

fn answer_all(input: impl Read, output: &mut impl Write, explained: Explained) -> io::Result<()> {
    let mut input = io::BufReader::with_capacity(1 << 16, input);
    let mut desk = Desk::new(explained);
    let (mut line, mut answers) = (Vec::new(), Vec::with_capacity(1 << 17));
    let mut number = 0;
    loop {
        if answers.len() >= 1 << 16 || input.buffer().is_empty() {
            output.write_all(&answers)?;
            output.flush()?;
            answers.clear();
        }
        line.clear();
        if input.by_ref().take(LINE_BYTES).read_until(b'\n', &mut line)? == 0 {
            return Ok(());
        }
        number += 1;
        if line.last() != Some(&b'\n') && line.len() as u64 == LINE_BYTES {
            input.skip_until(b'\n')?;
            answer::error(&mut answers, None, number, "the line is longer than 1 MiB");
        } else if !line.trim_ascii().is_empty() {
            desk.answer(&line, number, &mut answers);
        }
    }
}

/// Answers lines; keeps what the next line may share with this one.
pub(crate) struct Desk {
    explained: Explained,
    memory: asked::Memory,
}

impl Desk {
    /// A desk that has seen nothing.
    pub(crate) fn new(explained: Explained) -> Desk {
        Desk { explained, memory: asked::Memory::new() }
    }

    /// Appends the answer to one line.
    pub(crate) fn answer(&mut self, line: &[u8], number: u64, answers: &mut Vec<u8>) {
        if let Err(message) = self.try_answer(line, answers) {
            answer::error(answers, asked::id(line), number, &message);
        }
    }

    fn try_answer(&mut self, line: &[u8], answers: &mut Vec<u8>) -> Result<(), String> {
        let asked::Asked { id, start, amount, unit, start_rule, rounding } =
            self.memory.read(line)?;
        let (calendar, stops) = (&self.memory.calendar, &self.memory.stops);
        let due = calendar.due_with_stops(start, amount, unit, start_rule, rounding, stops);
        let due = due.map_err(|error| text::no_answer(&error))?;
        answer::due(answers, id, &due, self.explained);
        Ok(())
    }
}
