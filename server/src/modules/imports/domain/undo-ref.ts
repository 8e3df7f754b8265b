/** The reference under which an undone import takes a lot back, by the first file of its chain. */
export const undoRef = (rootId: string, lotId: string): string => `IMPORT_UNDO:${rootId}:${lotId}`;
