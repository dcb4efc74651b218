/** Runs the tests that examples/testing-with-vitest.ts shows. */
import '../../examples/testing-with-vitest.ts';
