import { Type } from '@sinclair/typebox';
import { Cursor, Exact, IdParam, IdText, Ok, OneOf, Page, PageSize, Text } from './fields.js';
import {
  IMPORT_KINDS,
  ImportField,
  ImportJob,
  ImportMapping,
  ImportOptions,
  ImportRowIssue,
  ROW_VERDICTS,
} from './import.js';
import { route } from './route.js';

/** Files of old members, sales, goods, stock and balances: upload, map, try, run, repair, undo (product.md C6). */
export const consoleImportRoutes = {
  importJobs: route('console.importJobs', 'hq', 'GET /api/c/import-jobs', 'Imports of files, newest first', {
    query: Exact({
      kind: Type.Optional(OneOf(IMPORT_KINDS)),
      cursor: Type.Optional(Cursor),
      limit: Type.Optional(PageSize),
    }),
    response: Page(ImportJob),
  }),
  importJob: route('console.importJob', 'hq', 'GET /api/c/import-jobs/{id}', 'One import with its progress', {
    params: IdParam,
    response: ImportJob,
  }),
  openImport: route(
    'console.openImport',
    'hq',
    'POST /api/c/import-jobs',
    'Begin to upload a file; the same file continues where its upload stopped',
    {
      body: Exact({
        kind: OneOf(IMPORT_KINDS),
        fileName: Text(120, 1),
        bytes: Type.Integer({ minimum: 1, maximum: 4_000_000_000 }),
        sha256: Type.String({ pattern: '^[0-9a-f]{64}$' }),
        parentId: Type.Optional(IdText),
      }),
      response: ImportJob,
    },
  ),
  putImportPart: route(
    'console.putImportPart',
    'hq',
    'PUT /api/c/import-jobs/{id}/parts/{part}',
    'One part of a megabyte of the file, from part 0 on; repeating it changes nothing',
    {
      params: Exact({ id: IdText, part: Type.Integer({ minimum: 0, maximum: 3999 }) }),
      body: Exact({ dataBase64: Type.String({ minLength: 4, maxLength: 1_400_000 }) }),
      response: ImportJob,
    },
  ),
  importHead: route(
    'console.importHead',
    'hq',
    'GET /api/c/import-jobs/{id}/head',
    'Columns and first rows of the file, the fields of its kind, and the mapping that fits best',
    {
      params: IdParam,
      response: Type.Object({
        columns: Type.Array(Type.String()),
        rows: Type.Array(Type.Array(Type.String())),
        fields: Type.Array(ImportField),
        guess: ImportMapping,
        options: ImportOptions,
        isGuessSaved: Type.Boolean(),
      }),
    },
  ),
  tryImport: route(
    'console.tryImport',
    'hq',
    'POST /api/c/import-jobs/{id}/check',
    'Keep the mapping and try the whole file without writing anything of it',
    { params: IdParam, body: Exact({ mapping: ImportMapping, options: ImportOptions }), response: ImportJob },
  ),
  runImport: route('console.runImport', 'hq', 'POST /api/c/import-jobs/{id}/run', 'Import, or go on after a failure', {
    params: IdParam,
    response: ImportJob,
  }),
  importIssues: route(
    'console.importIssues',
    'hq',
    'GET /api/c/import-jobs/{id}/issues',
    'Rows that were not imported with their cells, or examples of each verdict after a trial',
    {
      params: IdParam,
      query: Exact({
        verdict: Type.Optional(OneOf(ROW_VERDICTS)),
        cursor: Type.Optional(Cursor),
        limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })),
      }),
      response: Page(ImportRowIssue),
    },
  ),
  undoImport: route(
    'console.undoImport',
    'hq',
    'POST /api/c/import-jobs/{id}/undo',
    'Take an import back, within seven days',
    {
      params: IdParam,
      response: ImportJob,
    },
  ),
  dropImport: route(
    'console.dropImport',
    'hq',
    'DELETE /api/c/import-jobs/{id}',
    'Forget a file that was not imported',
    {
      params: IdParam,
      response: Ok,
    },
  ),
} as const;
