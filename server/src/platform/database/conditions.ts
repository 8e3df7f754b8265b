import type { SqlValue } from './sql-value.js';

/** The conditions of a list, all of which must hold. Fragments are ours; what people ask for is bound, never written. */
export class Conditions {
  private readonly parts: string[];
  readonly values: SqlValue[];

  constructor(first: string, ...values: readonly SqlValue[]) {
    this.parts = [first];
    this.values = [...values];
  }

  add(sql: string, ...values: readonly SqlValue[]): void {
    this.parts.push(sql);
    this.values.push(...values);
  }

  get sql(): string {
    return this.parts.join(' AND ');
  }
}

const plain = (text: string): string => text.replace(/[\\%_]/g, (sign) => `\\${sign}`);

/** A pattern for LIKE that finds what contains a text, its signs taken as they are. */
export const containing = (text: string): string => `%${plain(text)}%`;
/** A pattern for LIKE that finds what begins with a text. */
export const beginningWith = (text: string): string => `${plain(text)}%`;
