//! Laws 5 and 7: how long things may get.

use crate::{rust_file::RustFile, tidy::Finding, tree::Tree};

const FILE: usize = 500;
const LIB: usize = 150;
const FUNCTION: usize = 60;
const KERNEL: usize = 1_500;

const WHY: &str = "what does not fit on a screen is not read";

/// Measures files, functions and the kernel, tests apart.
pub fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings: Vec<Finding> = tree.rust.iter().flat_map(measure).collect();
    let kernel: usize =
        tree.rust.iter().filter(|file| file.path.starts_with("kernel/")).map(RustFile::code_lines).sum();
    if kernel > KERNEL {
        findings.push(Finding {
            path: "kernel/src/lib.rs".to_owned(),
            line: 1,
            law: 7,
            what: format!("the kernel has {kernel} lines of at most {KERNEL}"),
            why: "what everybody knows, nobody can change",
            mend: "move what not all rooms share into the room that owns it".to_owned(),
        });
    }
    findings
}

fn measure(file: &RustFile) -> Vec<Finding> {
    let finding = |line, what, mend: &str| Finding {
        path: file.path.clone(),
        line,
        law: 5,
        what,
        why: WHY,
        mend: mend.to_owned(),
    };
    let mut findings = Vec::new();
    let most = if file.path.ends_with("/src/lib.rs") { LIB } else { FILE };
    let lines = file.code_lines();
    if lines > most {
        findings.push(finding(1, format!("file of {lines} lines, at most {most}"), "give each subject its own file"));
    }
    for function in file.functions().iter().filter(|function| function.lines > FUNCTION && !file.in_test(function.line))
    {
        let what = format!("function {} of {} lines, at most {FUNCTION}", function.name, function.lines);
        findings.push(finding(function.line, what, "make it a table of contents of smaller ones"));
    }
    findings
}
