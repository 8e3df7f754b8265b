import { jest } from '@jest/globals';

// A test fails by what it finds, not by how busy the machine is.
jest.setTimeout(180_000);
