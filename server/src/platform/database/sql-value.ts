/** A value that may be bound to a statement. */
export type SqlValue =
  | string
  | number
  | boolean
  | Date
  | null
  | readonly (string | number)[]
  | readonly (readonly SqlValue[])[];
