//! The program's door; everything is in the library beside it.

fn main() -> std::process::ExitCode {
    jishi::run()
}
