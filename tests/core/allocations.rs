//! A step allocates nothing: counted by the allocator itself.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

use bce_core::config::Config;
use bce_core::data::{MakeOptions, SplitOptions, make, split};
use bce_core::lanes::Native;
use bce_core::tensor::Tensor;
use bce_core::trainer::{DataTensors, Trainer, Until};

/// Counts the allocations of this thread, and leaves the work to the system.
struct Counting;

thread_local! {
    static COUNT: Cell<u64> = const { Cell::new(0) };
}

// SAFETY: every call goes to the system's allocator as it came; counting touches no memory of it.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        COUNT.with(|count| count.set(count.get() + 1));
        // SAFETY: the caller's promises are passed on.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        // SAFETY: the caller's promises are passed on.
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

fn trainer(json: &str) -> Trainer<Native> {
    let made = make("moons", &MakeOptions::default()).expect("moons");
    let split = split(&made, &SplitOptions::default()).expect("a split");
    let rows = split.train_rows.len();
    let data = DataTensors {
        inputs: Tensor::new(vec![rows, 2], split.inputs).expect("rows times 2"),
        targets: Tensor::new(vec![rows, 1], split.targets).expect("rows times 1"),
        sample_weight: None,
        test: None,
    };
    Trainer::new(Config::from_json(json).expect("a valid configuration"), data).expect("a trainer")
}

#[test]
fn steps_and_epochs_allocate_nothing() {
    let configurations = [
        r#"{"layers":[{"in":2,"out":8,"activation":"tanh"},{"in":8,"out":1,"activation":"sigmoid"}],
            "loss":{"name":"BCELoss"},"optimizer":{"name":"SGD","lr":0.1,"momentum":0.9}}"#,
        r#"{"layers":[{"in":2,"out":8,"activation":"silu","dropout":0.5},{"in":8,"out":1}],
            "loss":{"name":"BCEWithLogitsLoss","pos_weight":2},"optimizer":{"name":"Adam"},
            "scheduler":{"name":"StepLR","step_size":2},"penalty":{"kind":"l1","lambda":0.01}}"#,
    ];
    for json in configurations {
        let mut trainer = trainer(json);
        let before = COUNT.with(Cell::get);
        let until = Until { epoch: Some(5), ..Until::default() };
        let (reached, bad) = trainer.train_while(until, || true).expect("five epochs");
        let allocations = COUNT.with(Cell::get) - before;
        assert!(reached && bad.is_none());
        assert_eq!(allocations, 0, "{json}");
    }
}
