import { cleanup, configure } from '@testing-library/react';
import { afterEach } from 'vitest';

// A loaded machine may need more than the library's second for a page to draw.
configure({ asyncUtilTimeout: 5_000 });
afterEach(cleanup);
