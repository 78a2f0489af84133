use crate::{Outcome, Room, Rooms, read_page_until};
use chancery_intake::Failure;
use chancery_model::Page;
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::{Mutex, PoisonError, mpsc};
use std::thread;

/// Pages under way per thread: enough that a slow page does not idle the others, few enough that memory stays small.
const AHEAD: usize = 4;

/// Leads pages through the rooms on `threads` threads and hands the outcomes to `sink` in the order of the pages.
///
/// The order and the outcomes are the same with any number of threads. At most four pages per thread are under way at any moment, so that
/// memory does not grow with their number. `pages` is called on a thread of its own; `sink` runs on the caller's and may break off the run.
pub fn stream<P, I, S>(pages: P, rooms: &Rooms, last: Room, threads: usize, mut sink: S)
where
    P: FnOnce() -> I + Send,
    I: Iterator<Item = Result<Page, Failure>>,
    S: FnMut(Result<Outcome, Failure>) -> ControlFlow<()>,
{
    let threads = threads.max(1);
    let window = threads * AHEAD;
    // A permit is taken for each page that sets out and given back when its outcome has been handed over.
    let (permit, returned) = mpsc::sync_channel::<()>(window);
    let (ask, asked) = mpsc::sync_channel::<(usize, Result<Page, Failure>)>(window);
    let (answer, answers) = mpsc::sync_channel::<(usize, Result<Outcome, Failure>)>(window);
    let asked = &Mutex::new(asked);
    thread::scope(|scope| {
        scope.spawn(move || {
            for job in pages().enumerate() {
                if permit.send(()).is_err() || ask.send(job).is_err() {
                    break;
                }
            }
        });
        for _ in 0..threads {
            let answer = answer.clone();
            scope.spawn(move || {
                loop {
                    let job = asked.lock().unwrap_or_else(PoisonError::into_inner).recv();
                    let Ok((number, page)) = job else { break };
                    let outcome = page.and_then(|p| read_page_until(&p, rooms, last));
                    if answer.send((number, outcome)).is_err() {
                        break;
                    }
                }
            });
        }
        drop(answer);
        deliver(answers, returned, &mut sink);
    });
}

/// Puts the answers into the order of their numbers; ends when all are handed over or the sink has had enough.
fn deliver<T>(answers: mpsc::Receiver<(usize, T)>, returned: mpsc::Receiver<()>, sink: &mut impl FnMut(T) -> ControlFlow<()>) {
    let mut early = BTreeMap::new();
    let mut next = 0;
    for (number, outcome) in &answers {
        early.insert(number, outcome);
        while let Some(outcome) = early.remove(&next) {
            next += 1;
            // Never waits: a permit was taken before the page set out.
            let _ = returned.recv();
            if sink(outcome).is_break() {
                // Dropping both ends lets every thread find its channel closed.
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chancery_model::{Media, Metadata};

    fn page(n: usize) -> Page {
        // Every seventh page is long, so that the threads overtake one another.
        let story = "The minister visited Moscow on Monday and met his counterpart for talks. ".repeat(if n.is_multiple_of(7) {
            40
        } else {
            1
        });
        Page {
            locator: format!("{n}.txt"),
            doc: n.to_string(),
            media: Media::Text,
            bytes: story.into_bytes(),
            metadata: Metadata::default(),
            notes: Vec::new(),
        }
    }

    fn docs(threads: usize, stop_after: usize) -> Vec<String> {
        let mut out = Vec::new();
        let pages = || (0..40).map(|n| Ok(page(n)));
        stream(pages, &Rooms::builtin(), Room::Intake, threads, |o| {
            out.push(o.map_or_else(|f| f.locator, |o| o.article.doc));
            if out.len() == stop_after { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        out
    }

    #[test]
    fn order_is_that_of_the_pages_with_any_number_of_threads() {
        let expected: Vec<String> = (0..40).map(|n| n.to_string()).collect();
        for threads in [1, 2, 5] {
            assert_eq!(docs(threads, usize::MAX), expected);
        }
    }

    #[test]
    fn a_sink_that_breaks_off_ends_the_run() {
        assert_eq!(docs(3, 5).len(), 5);
    }
}
