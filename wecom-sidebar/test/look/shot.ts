import type { Page } from 'playwright-core';
import type { Handler } from '../fixtures/answers';

export interface Shot {
  name: string;
  path: string;
  width?: number;
  entry?: string;
  contactId?: string;
  table?: Record<string, Handler>;
  scheme?: 'dark';
  type?: 'large' | 'huge';
  outside?: boolean;
  bridge?: Record<string, string>;
  act?: (page: Page) => Promise<void>;
  full?: boolean;
}

export const tap = (id: string) => (page: Page) => page.getByTestId(id).first().click();
