;; QuickXorHash's inner loop: XOR-folds bytes into 160 byte columns, ten 128-bit registers at a time.
;; Byte i of a stream belongs to column i mod 160, because its bit offset, (11 * i) mod 160, repeats every 160 bytes;
;; quick-xor-hash.ts turns columns into the hash. Memory: columns at 0..159, data anywhere above.
;; `npm run build:wasm` assembles this file into simd-fold-binary.ts.
(module
  (memory (export "memory") 2)

  ;; XORs the bytes [from, to) into columns starting at `phase`, one at a time.
  (func $bytes (param $from i32) (param $to i32) (param $phase i32)
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $from) (local.get $to)))
        (i32.store8 (local.get $phase)
          (i32.xor (i32.load8_u (local.get $phase)) (i32.load8_u (local.get $from))))
        (local.set $from (i32.add (local.get $from) (i32.const 1)))
        (local.set $phase (i32.add (local.get $phase) (i32.const 1)))
        (if (i32.eq (local.get $phase) (i32.const 160)) (then (local.set $phase (i32.const 0))))
        (br $next))))

  ;; XORs the whole 160-byte rows of [from, to) into the columns; returns where the rest begins.
  (func $rows (param $from i32) (param $to i32) (result i32)
    (local $last i32)
    (local $c0 v128) (local $c1 v128) (local $c2 v128) (local $c3 v128) (local $c4 v128) (local $c5 v128) (local $c6 v128) (local $c7 v128) (local $c8 v128) (local $c9 v128)
    (if (i32.lt_u (i32.sub (local.get $to) (local.get $from)) (i32.const 160))
      (then (return (local.get $from))))
    (local.set $last (i32.sub (local.get $to) (i32.const 160)))
    (local.set $c0 (v128.load offset=0 (i32.const 0)))
    (local.set $c1 (v128.load offset=16 (i32.const 0)))
    (local.set $c2 (v128.load offset=32 (i32.const 0)))
    (local.set $c3 (v128.load offset=48 (i32.const 0)))
    (local.set $c4 (v128.load offset=64 (i32.const 0)))
    (local.set $c5 (v128.load offset=80 (i32.const 0)))
    (local.set $c6 (v128.load offset=96 (i32.const 0)))
    (local.set $c7 (v128.load offset=112 (i32.const 0)))
    (local.set $c8 (v128.load offset=128 (i32.const 0)))
    (local.set $c9 (v128.load offset=144 (i32.const 0)))
    (loop $row
      (local.set $c0 (v128.xor (local.get $c0) (v128.load offset=0 (local.get $from))))
      (local.set $c1 (v128.xor (local.get $c1) (v128.load offset=16 (local.get $from))))
      (local.set $c2 (v128.xor (local.get $c2) (v128.load offset=32 (local.get $from))))
      (local.set $c3 (v128.xor (local.get $c3) (v128.load offset=48 (local.get $from))))
      (local.set $c4 (v128.xor (local.get $c4) (v128.load offset=64 (local.get $from))))
      (local.set $c5 (v128.xor (local.get $c5) (v128.load offset=80 (local.get $from))))
      (local.set $c6 (v128.xor (local.get $c6) (v128.load offset=96 (local.get $from))))
      (local.set $c7 (v128.xor (local.get $c7) (v128.load offset=112 (local.get $from))))
      (local.set $c8 (v128.xor (local.get $c8) (v128.load offset=128 (local.get $from))))
      (local.set $c9 (v128.xor (local.get $c9) (v128.load offset=144 (local.get $from))))
      (local.set $from (i32.add (local.get $from) (i32.const 160)))
      (br_if $row (i32.le_u (local.get $from) (local.get $last))))
    (v128.store offset=0 (i32.const 0) (local.get $c0))
    (v128.store offset=16 (i32.const 0) (local.get $c1))
    (v128.store offset=32 (i32.const 0) (local.get $c2))
    (v128.store offset=48 (i32.const 0) (local.get $c3))
    (v128.store offset=64 (i32.const 0) (local.get $c4))
    (v128.store offset=80 (i32.const 0) (local.get $c5))
    (v128.store offset=96 (i32.const 0) (local.get $c6))
    (v128.store offset=112 (i32.const 0) (local.get $c7))
    (v128.store offset=128 (i32.const 0) (local.get $c8))
    (v128.store offset=144 (i32.const 0) (local.get $c9))
    (local.get $from))

  ;; XORs `length` bytes at `from` into the columns, the first of them into column `phase` (0..159).
  (func (export "fold") (param $from i32) (param $length i32) (param $phase i32)
    (local $end i32) (local $aligned i32)
    (local.set $end (i32.add (local.get $from) (local.get $length)))
    (local.set $aligned (local.get $from))
    (if (local.get $phase)
      (then
        (local.set $aligned (i32.add (local.get $from) (i32.sub (i32.const 160) (local.get $phase))))
        (if (i32.gt_u (local.get $aligned) (local.get $end)) (then (local.set $aligned (local.get $end))))
        (call $bytes (local.get $from) (local.get $aligned) (local.get $phase))))
    (if (i32.lt_u (local.get $aligned) (local.get $end))
      (then
        (local.set $from (call $rows (local.get $aligned) (local.get $end)))
        (call $bytes (local.get $from) (local.get $end) (i32.const 0))))))
