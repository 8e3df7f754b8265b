import { refuse } from '../errors/app-error.js';
import { isDuplicate } from './database.js';

/**
 * For work that adds the next version of something under its number: of two people at one instant the first has it, the
 * second is told to look again at what is there now.
 *
 * @throws AppError CONFLICT when somebody else has just written the same version
 */
export const orConflict = <T>(work: Promise<T>): Promise<T> =>
  work.catch((error: unknown) => {
    throw isDuplicate(error) ? refuse('CONFLICT') : error;
  });
