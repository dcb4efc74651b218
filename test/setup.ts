/**
 * What holds for every test: no request and no answer broke the contract meanwhile.
 *
 * Property tests draw from one seed, so that the same code gives the same verdict everywhere. `PROPERTY_SEED=random`
 * (or a number) looks for new counterexamples; what one finds becomes a test of its own.
 */
import fc from 'fast-check';
import { afterEach, expect } from 'vitest';
import { takeFindings } from './contract-openapi/findings.ts';

const wanted = process.env['PROPERTY_SEED'] ?? '20261123';
if (wanted !== 'random') fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(wanted) });

afterEach(() => expect(takeFindings()).toEqual([]));
