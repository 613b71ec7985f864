//! The daily time-stamp over the head of the log (RFC 3161): asked for once a day, judged by
//! OpenSSL from an export alone, and never kept when the authority is down or answers something
//! else.

use crate::bad_files::authority;
use crate::filing::{filed, received};
use crate::scene::{Scene, each_scene};
use office::ActError;
use office::ports::Courier;
use office::witnesses::Witnesses;
use sha2::{Digest, Sha256};
use signing::TimeStampService;
use std::path::Path;
use std::process::Command;
use std::sync::{Arc, Mutex};
use storage::TimeStampRow;

const URL: &str = "http://tsa.invalid/";

/// How the authority answers.
#[derive(Clone, Copy, Debug)]
enum Mood {
    /// As it should.
    Honest,
    /// Nobody is at home.
    Down,
    /// A proxy's page, with this status.
    Page(u16),
    /// A stamp of something else, for the same question.
    WrongImprint,
    /// The stamp of an earlier question.
    Replaying,
    /// A stamp with one byte changed.
    Forged,
}

/// A way to an authority whose mood changes, with the questions it was asked.
struct Post {
    mood: Mutex<Mood>,
    asked: Mutex<Vec<Vec<u8>>>,
    clock: Arc<dyn office::ports::Clock>,
    /// What the head's text hashes to, so that the courier can put another hash in its place.
    imprint: Mutex<[u8; 32]>,
}

impl Post {
    fn answers(&self, mood: Mood) {
        *self.mood.lock().unwrap() = mood;
    }
}

impl Courier for Post {
    fn post(&self, url: &str, media_type: &str, body: &[u8]) -> Result<(u16, Vec<u8>), String> {
        assert_eq!((url, media_type), (URL, "application/timestamp-query"));
        self.asked.lock().unwrap().push(body.to_vec());
        let clock = self.clock.clone();
        let honest = authority().time_stamps(move || clock.now()).unwrap();
        let mood = *self.mood.lock().unwrap();
        let answer = match mood {
            Mood::Honest => honest.ask(body)?,
            Mood::Down => return Err("connection refused".to_owned()),
            Mood::Page(status) => return Ok((status, b"<html>Bad Gateway</html>".to_vec())),
            Mood::WrongImprint => {
                let imprint = *self.imprint.lock().unwrap();
                let at = body.windows(32).position(|part| part == imprint).expect("it is asked");
                let mut other = body.to_vec();
                other[at] ^= 1;
                honest.ask(&other)?
            }
            Mood::Replaying => honest.ask(&self.asked.lock().unwrap()[0])?,
            Mood::Forged => {
                let mut answer = honest.ask(body)?;
                *answer.last_mut().unwrap() ^= 1;
                answer
            }
        };
        Ok((200, answer))
    }
}

fn house(scene: &Scene) -> (Witnesses, Arc<Post>) {
    let clock = scene.office.clock.clone();
    let (asked, imprint) = (Mutex::default(), Mutex::default());
    let post = Arc::new(Post { mood: Mutex::new(Mood::Honest), asked, clock, imprint });
    let policy = "quorum none\n".parse().unwrap();
    let (office, authority) = (scene.office.clone(), Some(URL.to_owned()));
    (Witnesses::new(office, policy, authority, post.clone()), post)
}

async fn kept(scene: &Scene) -> Vec<TimeStampRow> {
    scene.office.store.time_stamps().await.unwrap()
}

/// The signed text of the present head.
async fn text(scene: &Scene) -> String {
    let note = scene.office.checkpoint().await.unwrap().note;
    format!("{}\n", note.split_once("\n\n").unwrap().0)
}

/// Is the token about this text, in the eyes of OpenSSL with the authority's root certificate?
fn openssl(folder: &Path, token: &str, data: &str) -> (bool, String) {
    let mut judge = Command::new("openssl");
    judge.current_dir(folder).args(["ts", "-verify", "-token_in", "-CAfile", "root.pem"]);
    let said = judge.args(["-in", token, "-data", data]).output().unwrap();
    let told = [said.stdout, said.stderr].concat();
    (said.status.success(), String::from_utf8_lossy(&told).into_owned())
}

#[tokio::test]
async fn a_head_a_day_is_stamped_and_openssl_believes_it_from_an_export() {
    each_scene(async |scene| {
        let (witnesses, post) = house(scene);
        assert_eq!(witnesses.stamp().await.unwrap(), None, "an empty log has nothing to stamp");
        received(scene).await;
        let size = scene.office.checkpoint().await.unwrap().size;
        assert_eq!(witnesses.stamp().await.unwrap(), Some(size));
        filed(scene).await;
        assert_eq!(witnesses.stamp().await.unwrap(), None, "once a day");
        scene.wait("2026-11-10T09:00");
        let grown = scene.office.checkpoint().await.unwrap().size;
        assert_eq!(witnesses.stamp().await.unwrap(), Some(grown));
        scene.wait("2026-11-11T09:00");
        assert_eq!(witnesses.stamp().await.unwrap(), None, "nothing was added since");
        assert_eq!(post.asked.lock().unwrap().len(), 2);
        assert_eq!(kept(scene).await.iter().map(|row| row.size).collect::<Vec<_>>(), [size, grown]);

        // What docs/verify.md says, done with the files of an export and nothing else of ours.
        let folder = tempfile::tempdir().unwrap();
        let keep = |name: &str, bytes: &[u8]| {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap())?;
            std::fs::write(path, bytes)
        };
        scene.office.export_ledger(keep).await.unwrap();
        keep("root.pem", authority().root_pem().unwrap().as_bytes()).unwrap();
        let file = |size: u64, ending: &str| format!("time-stamps/{size}.{ending}");
        for size in [size, grown] {
            let judged = openssl(folder.path(), &file(size, "der"), &file(size, "txt"));
            assert!(judged.0 && judged.1.contains("Verification: OK"), "{}", judged.1);
        }
        let other = openssl(folder.path(), &file(size, "der"), &file(grown, "txt"));
        assert!(!other.0, "another head is not what was stamped: {}", other.1);
    })
    .await;
}

#[tokio::test]
async fn what_is_no_stamp_of_this_head_is_not_kept_and_asked_for_again() {
    each_scene(async |scene| {
        let (witnesses, post) = house(scene);
        received(scene).await;
        assert!(witnesses.stamp().await.unwrap().is_some());
        scene.wait("2026-11-10T09:00");
        filed(scene).await;
        *post.imprint.lock().unwrap() = Sha256::digest(text(scene).await.as_bytes()).into();
        let before = kept(scene).await;
        for (mood, why) in [
            (Mood::Down, "connection refused"),
            (Mood::Page(503), "503"),
            (Mood::Page(200), "not well formed"),
            (Mood::WrongImprint, "for another signature"),
            (Mood::Replaying, "another question"),
            (Mood::Forged, "not well formed"),
        ] {
            post.answers(mood);
            let told = match witnesses.stamp().await {
                Err(ActError::Fault { cause, .. }) => cause,
                other => panic!("{mood:?}: {other:?}"),
            };
            assert!(told.contains(why), "{mood:?}: {told}");
            assert_eq!(kept(scene).await, before, "{mood:?}");
        }
        post.answers(Mood::Honest);
        let size = scene.office.checkpoint().await.unwrap().size;
        assert_eq!(witnesses.stamp().await.unwrap(), Some(size), "the same day, when it is well");
        assert_eq!(kept(scene).await.len(), 2);
    })
    .await;
}
