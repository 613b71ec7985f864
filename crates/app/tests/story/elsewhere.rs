//! A key that is elsewhere: the paper is prepared here, signed there, and put together here again.

use crate::bad_files::authority;
use crate::scene::{Scene, each_scene_with};
use crate::signing_papers::{key_file, leader, ready, result, ring};
use domain::dossier::Act;
use office::key_ring::Key;
use office::signed::{SignWish, SigningError};
use signing::{KeyFile, Session, validate};

/// How long a prepared paper waits, minutes.
const WAITS: i64 = 30;

async fn number_of_draft(scene: &Scene, id: &str) -> u32 {
    let state = scene.office.state(&domain::dossier::Actor::System, id).await.unwrap();
    state.draft.as_ref().unwrap().number
}

#[tokio::test]
async fn a_provider_signs_and_the_ticket_is_for_one_person_one_draft_and_half_an_hour() {
    let Key::File(provider) = key_file() else { panic!("a file") };
    let provider: KeyFile = *provider;
    let chain = provider.chain().clone();
    let keys = |clock| ring(clock).with(leader(), Key::Elsewhere(chain.clone()));
    each_scene_with(keys, async |scene| {
        let id = ready(scene).await;
        let (office, actor) = (&scene.office, scene.leader());
        let wish = SignWish { draft: number_of_draft(scene, &id).await, read: None, pin: "" };
        let prepare =
            async || office.prepare_elsewhere(&actor, &id, Act::Sign, &wish).await.unwrap();
        let sign = |message: &[u8]| provider.clone().sign(message).unwrap();
        let before = scene.traces().await;
        let refused = async |who: &domain::dossier::Actor, ticket: &str, signature: &[u8]| {
            let done = office.assemble(who, "k0", &id, (ticket, signature)).await;
            assert_eq!(scene.traces().await, before, "nothing is recorded");
            done.unwrap_err()
        };

        let late = prepare().await;
        let signature = sign(&late.to_be_signed);
        scene.wait_minutes(WAITS + 1);
        let error = refused(&actor, &late.ticket, &signature).await;
        assert!(matches!(error, SigningError::NotWaiting), "half an hour: {error:?}");

        let waiting = prepare().await;
        let signature = sign(&waiting.to_be_signed);
        let error = refused(&scene.clerk(), &waiting.ticket, &signature).await;
        assert!(matches!(error, SigningError::NotWaiting), "another's: {error:?}");
        let changed = waiting.ticket.replacen(&waiting.ticket[..1], "f", 1);
        let error = refused(&actor, &changed, &signature).await;
        assert!(matches!(error, SigningError::NotWaiting), "changed: {error:?}");
        let error = refused(&actor, &waiting.ticket, &sign(b"another paper")).await;
        assert_eq!(error.name(), Some("wrong-signature"));

        let brought = (waiting.ticket.as_str(), signature.as_slice());
        let done = office.assemble(&actor, "k1", &id, brought).await.unwrap();
        assert!(!done.repeated);
        let again = office.assemble(&actor, "k1", &id, brought).await.unwrap();
        assert!(again.repeated, "the same key gives the first answer");
        scene.act("clerk", &id, "issue", &[]).await.shows("Đã có kết quả");
        let sealed = result(scene, &id).await;
        assert!(validate(&sealed, &authority().trust(), office.clock.now()).is_valid());
    })
    .await;
}
