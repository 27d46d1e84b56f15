//! Calls over HTTP. They run on a few threads of the line's own: whoever waits for one needs no runtime and blocks none.

use crossbeam_channel::{Receiver, Sender, bounded};
use futures_channel::oneshot;
use std::{pin::Pin, thread, time::Duration};
use ureq::{
    Agent,
    http::{Method, Request},
};

/// How many calls are under way at a time.
const THREADS: usize = 8;

/// How many calls may wait for a thread. Beyond it nobody is called: who asks hears that it is not known, and asks
/// again later.
const WAITING: usize = 1_024;

/// How long a connection may take to stand.
const CONNECT: Duration = Duration::from_secs(3);

/// How long a whole call may take. A time-out is no answer, neither yes nor no.
const WHOLE: Duration = Duration::from_secs(10);

/// How much of an answer is read.
const ANSWER_MAX: u64 = 1 << 20;

/// What came back over the line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Heard {
    /// The status.
    pub status: u16,
    /// The body.
    pub body: Vec<u8>,
}

/// What is sent.
struct Call {
    method: Method,
    url: String,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
    answer: oneshot::Sender<Result<Heard, String>>,
}

/// A line to the outside, shared by its clones; its threads end with the last of them. TLS trusts the roots of the
/// Mozilla programme, redirects are not followed, and no proxy is asked.
#[derive(Clone)]
pub struct Line {
    calls: Sender<Call>,
}

/// An answer on its way; the call is under way before it is awaited.
pub type Hearing = Pin<Box<dyn Future<Output = Result<Heard, String>> + Send>>;

impl Line {
    /// A line with the usual time-outs: 3 s for the connection, 10 s for the whole call.
    pub fn open() -> Line {
        Line::waiting(CONNECT, WHOLE)
    }

    /// A line with time-outs of its own.
    pub fn waiting(connect: Duration, whole: Duration) -> Line {
        let config = Agent::config_builder().timeout_connect(Some(connect)).timeout_global(Some(whole));
        let config = config.http_status_as_error(false).max_redirects(0).proxy(None).user_agent("jishi");
        let agent: Agent = config.build().into();
        let (calls, waiting) = bounded(WAITING);
        for number in 0..THREADS {
            let (agent, waiting) = (agent.clone(), waiting.clone());
            let thread = thread::Builder::new().name(format!("line {number}"));
            // A machine that has no thread left makes the line narrower, and a line without any says so to every call.
            drop(thread.spawn(move || serve(&agent, &waiting)));
        }
        Line { calls }
    }

    /// Asks for something.
    pub fn get(&self, url: String, headers: Vec<(String, String)>) -> Hearing {
        self.call(Method::GET, url, headers, Vec::new())
    }

    /// Sends something.
    pub fn post(&self, url: String, headers: Vec<(String, String)>, body: Vec<u8>) -> Hearing {
        self.call(Method::POST, url, headers, body)
    }

    fn call(&self, method: Method, url: String, headers: Vec<(String, String)>, body: Vec<u8>) -> Hearing {
        let (answer, heard) = oneshot::channel();
        let sent = self.calls.try_send(Call { method, url, headers, body, answer });
        Box::pin(async move {
            if sent.is_err() {
                return Err("too many calls are under way".to_owned());
            }
            heard.await.unwrap_or_else(|_| Err("the call was given up".to_owned()))
        })
    }
}

fn serve(agent: &Agent, calls: &Receiver<Call>) {
    for Call { method, url, headers, body, answer } in calls {
        let heard = call(agent, method, &url, headers, body).map_err(|error| error.to_string());
        // The caller may have gone.
        let _ = answer.send(heard);
    }
}

fn call(
    agent: &Agent,
    method: Method,
    url: &str,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
) -> Result<Heard, ureq::Error> {
    let has_body = method != Method::GET;
    let request = Request::builder().method(method).uri(url);
    let request = headers.into_iter().fold(request, |request, (name, value)| request.header(name, value));
    let mut response = if has_body { agent.run(request.body(body)?)? } else { agent.run(request.body(())?)? };
    let status = response.status().as_u16();
    let body = response.body_mut().with_config().limit(ANSWER_MAX).read_to_vec()?;
    Ok(Heard { status, body })
}
