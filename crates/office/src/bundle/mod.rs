//! A dossier as one ZIP: its papers, its course, its facts with their leaves, and the hash of every
//! file. It goes out piece by piece, one file in memory at a time; the same facts give the same
//! bytes.

mod words;
mod zip;

use crate::error::ActError;
use crate::office::Office;
use crate::paper::has_receipt;
use crate::view::has_result;
use documents::plain::{Content, Plain, Table, render_plain};
use domain::dossier::event::{By, Event, Fact, FileRef, Paper};
use domain::dossier::timeline::{Entry, Reader, timeline};
use domain::dossier::{Actor, Dossier};
use domain::permission::may_read;
use domain::time::local;
use ledger::Hash;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use storage::StoredFact;
use tokio::sync::mpsc::Sender;
use zip::Zip;

/// Version of the archive's layout.
const FORMAT: &str = "motcua-bundle@1";

/// A dossier that its reader may take away, ready to be sent.
pub struct Bundle {
    id: String,
    actor: Actor,
    dossier: Dossier,
    facts: Vec<Fact>,
    stored: Vec<StoredFact>,
}

/// A file of the archive.
struct Listed {
    path: String,
    title: String,
    media_type: String,
    size_bytes: usize,
    sha256: String,
    /// For a paper that was handed in.
    paper: Option<HandedIn>,
}

/// Which paper a file is.
struct HandedIn {
    component: String,
    /// A later one took its place.
    replaced: bool,
}

/// The archive on its way.
struct Writer {
    zip: Zip,
    to: Sender<Vec<u8>>,
    files: Vec<Listed>,
}

impl Bundle {
    /// The archive's file name.
    #[must_use]
    pub fn file_name(&self) -> String {
        format!("{}.zip", self.dossier.code.as_deref().unwrap_or(&self.id))
    }
}

impl Office {
    /// Gets a dossier ready to be taken away by those who may read it; an official's wish is
    /// written down.
    ///
    /// # Errors
    /// [`ActError::NotFound`] also when the reader may not know of it.
    pub async fn bundle(&self, actor: &Actor, id: &str) -> Result<Bundle, ActError> {
        let stored = self.store.facts_of(id).await.map_err(fault)?;
        let facts = self.facts(id).await?;
        let dossier = Dossier::replay(&facts).ok_or(ActError::NotFound)?;
        if !may_read(actor, &dossier) {
            return Err(ActError::NotFound);
        }
        if let Actor::Official { id: official, .. } = actor {
            self.log(official, "read_bundle", Some(id), "").await?;
        }
        let (id, actor) = (id.to_owned(), actor.clone());
        Ok(Bundle { id, actor, dossier, facts, stored })
    }

    /// Sends the archive, piece by piece.
    ///
    /// # Errors
    /// [`ActError::Fault`] when a file is missing, a paper cannot be set, or nobody listens any
    /// more; what was sent until then is no archive.
    pub async fn send_bundle(&self, bundle: &Bundle, to: Sender<Vec<u8>>) -> Result<(), ActError> {
        let zip = Zip::new(bundle.dossier.changed_at);
        let mut writer = Writer { zip, to, files: Vec::new() };
        writer.add("README.txt", "Hướng dẫn đọc", words::READ_ME.as_bytes()).await?;
        self.handed_in(bundle, &mut writer).await?;
        self.made(bundle, &mut writer).await?;
        let course = self.told(bundle);
        let text = pretty(&json!({ "entries": course }));
        writer.add("timeline.json", "Quá trình giải quyết (JSON)", text.as_bytes()).await?;
        let paper = self.course_paper(bundle);
        let paper = tokio::task::spawn_blocking(move || render_plain(paper)).await;
        let paper = paper.map_err(fault)?.map_err(fault)?;
        writer.add("timeline.pdf", "Quá trình giải quyết", &paper).await?;
        let log = self.ledger_part(bundle, &mut writer).await?;
        let manifest = pretty(&self.manifest(bundle, &writer.files, &log));
        writer.add("manifest.json", "Danh mục tệp", manifest.as_bytes()).await?;
        writer.end().await
    }

    /// Every file that was ever handed in, once, in the order of the facts.
    async fn handed_in(&self, bundle: &Bundle, writer: &mut Writer) -> Result<(), ActError> {
        let procedure = self.catalogue.procedure(&bundle.dossier.submitted.procedure);
        for (n, (paper, file)) in papers(&bundle.facts).into_iter().enumerate() {
            let known = procedure.map(|known| known.components.as_slice()).unwrap_or_default();
            let component = known.iter().find(|known| known.id == paper.component);
            let title = component.map_or(&paper.component, |component| &component.name);
            let hash: Hash = file.hash.parse().map_err(fault)?;
            let bytes = self.files.get(hash).await.map_err(fault)?;
            let bytes = bytes.ok_or_else(|| fault(format!("{hash} is not in the store")))?;
            let name = words::file_name(title, &file.media_type);
            let mut current = bundle.dossier.papers.iter().filter_map(|paper| paper.file.as_ref());
            let replaced = !current.any(|current| current.hash == file.hash);
            let path = format!("papers/{:02}-{name}", n + 1);
            writer.add_typed(&path, title, &file.media_type, &bytes).await?;
            if let Some(last) = writer.files.last_mut() {
                last.paper = Some(HandedIn { component: paper.component.clone(), replaced });
            }
        }
        Ok(())
    }

    /// The papers that the office made, as far as the dossier has come.
    async fn made(&self, bundle: &Bundle, writer: &mut Writer) -> Result<(), ActError> {
        let Bundle { id, actor, dossier, .. } = bundle;
        if has_receipt(dossier) {
            let title = "Giấy tiếp nhận hồ sơ và hẹn trả kết quả (Mẫu 01)";
            let bytes = self.receipt_pdf(actor, id).await?;
            writer.add("made/01-giay-tiep-nhan.pdf", title, &bytes).await?;
        }
        if has_result(dossier) {
            let bytes = self.result_pdf(actor, id).await?;
            writer.add("made/02-ket-qua.pdf", "Kết quả giải quyết", &bytes).await?;
        }
        Ok(())
    }

    /// The course in the reader's words.
    fn told(&self, bundle: &Bundle) -> Vec<Value> {
        let line = |(fact, entry): (&Fact, Entry)| {
            json!({
                "at": local_text(entry.at),
                "fact": entry.kind,
                "title": words::title(&fact.event),
                "step": entry.step,
                "unit": entry.unit.as_deref().map(|unit| self.place_name(unit)),
                "who": entry.who,
                "words": entry.words,
            })
        };
        bundle.facts.iter().zip(timeline(&bundle.facts, bundle.reader())).map(line).collect()
    }

    fn course_paper(&self, bundle: &Bundle) -> Plain {
        let submitted = &bundle.dossier.submitted;
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let row = |line: &Value| {
            let step = text(&line["step"]);
            let title = if step.is_empty() { text(&line["title"]) } else { step };
            let hand = [text(&line["who"]), text(&line["unit"])];
            let hand: Vec<String> = hand.into_iter().filter(|part| !part.is_empty()).collect();
            vec![text(&line["at"]), title, hand.join(", "), text(&line["words"])]
        };
        let code = bundle.dossier.code.clone().unwrap_or_else(|| bundle.id.clone());
        let procedure = self.catalogue.procedure(&submitted.procedure);
        let name = procedure.map_or(&submitted.procedure, |known| &known.name);
        let fact = |name: &str, text: &str| (name.to_owned(), text.to_owned());
        let rows = self.told(bundle).iter().map(row).collect();
        let head = ["Lúc", "Việc", "Ai, ở đâu", "Nội dung"].map(str::to_owned).to_vec();
        let facts = vec![
            fact("Hồ sơ", &code),
            fact("Thủ tục", name),
            fact("Chủ hồ sơ", &submitted.applicant.name),
            fact("Cơ quan giải quyết", &self.place_name(&submitted.agency)),
        ];
        let note = format!("{} việc, theo sổ {}.", bundle.facts.len(), self.origin);
        Plain {
            title: format!("Quá trình giải quyết hồ sơ {code}"),
            author: self.place_name(&submitted.agency),
            at: bundle.dossier.changed_at,
            content: Content::Table(Table { facts, widths: vec![3, 4, 5, 5], head, rows, note }),
        }
    }

    /// The facts with their leaves, the signed head that first covered them, and the log's key.
    async fn ledger_part(&self, bundle: &Bundle, writer: &mut Writer) -> Result<Value, ActError> {
        let mut lines = String::new();
        for (stored, fact) in bundle.stored.iter().zip(&bundle.facts) {
            let open = bundle.shows(fact);
            let line = json!({
                "seq": stored.seq,
                "index": stored.idx,
                "fact": stored.kind,
                "entry": stored.entry,
                "leaf": stored.leaf.to_string(),
                "salt": stored.salt.filter(|_| open).map(hex::encode),
                "payload": stored.payload.as_ref().filter(|_| open),
            });
            lines.push_str(&line.to_string());
            lines.push('\n');
        }
        let mut head = String::new();
        for stored in &bundle.stored {
            let proof = self.proof_of(stored).await?.proof;
            let path = format!("ledger/proofs/{:04}.tlog-proof", stored.seq);
            writer.add(&path, "Bằng chứng có trong sổ", proof.to_string().as_bytes()).await?;
            head = proof.checkpoint;
        }
        let key = self.signer()?.verifier_key().to_string();
        writer.add("ledger/facts.jsonl", "Các việc và lá băm", lines.as_bytes()).await?;
        writer.add("ledger/checkpoint", "Đầu sổ đã ký", head.as_bytes()).await?;
        writer
            .add("ledger/key.pub", "Khóa công khai của sổ", format!("{key}\n").as_bytes())
            .await?;
        Ok(json!({ "origin": self.origin, "key": key, "facts": bundle.stored.len() }))
    }

    fn manifest(&self, bundle: &Bundle, files: &[Listed], log: &Value) -> Value {
        let Bundle { id, dossier, .. } = bundle;
        let submitted = &dossier.submitted;
        let procedure = self.catalogue.procedure(&submitted.procedure);
        let file = |file: &Listed| {
            let mut said = json!({
                "path": file.path,
                "title": file.title,
                "media_type": file.media_type,
                "size_bytes": file.size_bytes,
                "sha256": file.sha256,
            });
            if let Some(HandedIn { component, replaced }) = &file.paper {
                said["component"] = component.as_str().into();
                said["replaced"] = (*replaced).into();
            }
            said
        };
        json!({
            "format": FORMAT,
            "for": match bundle.reader() {
                Reader::Applicant | Reader::Public => "applicant",
                Reader::Official => "official",
            },
            "dossier": {
                "id": id,
                "code": dossier.code,
                "stage": dossier.stage.name(),
                "national_status": dossier.national_status(),
                "procedure": submitted.procedure,
                "procedure_code": procedure.and_then(|known| known.code.as_ref()),
                "procedure_name": procedure.map(|known| &known.name),
                "agency": self.place_name(&submitted.agency),
                "result": dossier.result.as_ref().map(|result| result.code.as_str()),
            },
            "log": log,
            "files": files.iter().map(file).collect::<Vec<Value>>(),
        })
    }

    fn place_name(&self, id: &str) -> String {
        let organisation = &self.catalogue.organisation;
        let unit = organisation.unit(id).map(|unit| unit.name.clone());
        unit.or_else(|| organisation.division(id).map(|division| division.name.clone()))
            .unwrap_or_else(|| id.to_owned())
    }
}

impl Bundle {
    fn reader(&self) -> Reader {
        match self.actor {
            Actor::Applicant { .. } => Reader::Applicant,
            Actor::Official { .. } | Actor::System => Reader::Official,
        }
    }

    /// May the reader see a fact's content? Officials' notes to each other are not the applicant's.
    fn shows(&self, fact: &Fact) -> bool {
        match (self.reader(), &fact.by) {
            (Reader::Official, _) | (Reader::Applicant, By::Applicant { .. }) => true,
            (Reader::Applicant, By::Official { .. } | By::System) | (Reader::Public, _) => false,
        }
    }
}

impl Writer {
    /// A file whose type its name tells.
    async fn add(&mut self, path: &str, title: &str, bytes: &[u8]) -> Result<(), ActError> {
        let media_type = match path.rsplit_once('.').map(|(_, ending)| ending) {
            Some("json") => "application/json",
            Some("jsonl") => "application/jsonl",
            Some("pdf") => "application/pdf",
            Some(_) | None => "text/plain; charset=utf-8",
        };
        self.add_typed(path, title, media_type, bytes).await
    }

    async fn add_typed(
        &mut self,
        path: &str,
        title: &str,
        media_type: &str,
        bytes: &[u8],
    ) -> Result<(), ActError> {
        let head = self.zip.head(path, bytes).map_err(fault)?;
        self.send(head).await?;
        self.send(bytes.to_vec()).await?;
        self.files.push(Listed {
            path: path.to_owned(),
            title: title.to_owned(),
            media_type: media_type.to_owned(),
            size_bytes: bytes.len(),
            sha256: hex::encode(Sha256::digest(bytes)),
            paper: None,
        });
        Ok(())
    }

    /// The sums of all files, and the archive's directory.
    async fn end(mut self) -> Result<(), ActError> {
        let line = |file: &Listed| format!("{}  {}\n", file.sha256, file.path);
        let sums: String = self.files.iter().map(line).collect();
        self.add("SHA256SUMS", "Mã băm", sums.as_bytes()).await?;
        let Writer { zip, to, .. } = self;
        to.send(zip.end()).await.map_err(fault)
    }

    async fn send(&self, piece: Vec<u8>) -> Result<(), ActError> {
        self.to.send(piece).await.map_err(|_| fault("nobody listens any more"))
    }
}

/// Every file ever handed in, once, with the paper it first came as.
fn papers(facts: &[Fact]) -> Vec<(&Paper, &FileRef)> {
    let mut found: Vec<(&Paper, &FileRef)> = Vec::new();
    for fact in facts {
        let handed_in: &[Paper] = match &fact.event {
            Event::Submitted(fact) => &fact.papers,
            Event::Received(fact) => &fact.papers,
            Event::Supplemented(fact) => &fact.papers,
            Event::SupplementRequested(_)
            | Event::NotAccepted(_)
            | Event::Transferred(_)
            | Event::Assigned(_)
            | Event::StepCompleted(_)
            | Event::Proposed(_)
            | Event::SentBack(_)
            | Event::Signed(_)
            | Event::Issued(_)
            | Event::Returned(_)
            | Event::Withdrawn(_)
            | Event::PaymentRequested(_)
            | Event::PaymentConfirmed(_)
            | Event::Reappointed(_)
            | Event::DueCorrected(_)
            | Event::Stopped(_) => &[],
        };
        for paper in handed_in {
            let Some(file) = &paper.file else { continue };
            let known = |(other, kept): &(&Paper, &FileRef)| {
                kept.hash == file.hash && other.component == paper.component
            };
            if !found.iter().any(known) {
                found.push((paper, file));
            }
        }
    }
    found
}

fn pretty(value: &Value) -> String {
    format!("{value:#}\n")
}

fn local_text(at: domain::time::Instant) -> String {
    local(at).strftime("%H:%M:%S %d/%m/%Y").to_string()
}

fn fault(error: impl std::fmt::Display) -> ActError {
    ActError::fault("bundle", error)
}
