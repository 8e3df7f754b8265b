import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import type { PlayField, PlayView } from '../../../lib/types';
import { Field, FieldRow } from '../../../ui/field';
import { firstRow, isAsked, type Terms } from '../model';
import { TermInput } from './term-input';

interface RowsProps {
  field: PlayField;
  rows: Terms[];
  terms: Terms;
  onChange: (rows: Terms[]) => void;
}

let nextKey = 1;

/** Rows of a play's form: tiers of a reduction, goods of a seckill. */
function Rows({ field, rows, terms, onChange }: RowsProps) {
  // Rows have no name of their own; keys follow them when one in the middle is removed.
  const [keys, setKeys] = useState<number[]>(() => rows.map(() => nextKey++));
  const columns = field.columns.filter((column) => isAsked(column, terms));
  const least = field.min ?? 1;
  const remove = (at: number) => {
    setKeys(keys.filter((_, index) => index !== at));
    onChange(rows.filter((_, index) => index !== at));
  };
  const add = () => {
    setKeys([...keys, nextKey++]);
    onChange([...rows, firstRow(field.columns)]);
  };
  return (
    <div className="stack tight">
      {rows.map((row, at) => (
        <div key={keys[at] ?? `row-${at}`} className="leg form-row" data-testid={`row-${field.name}`}>
          <FieldRow>
            {columns.map((column) => (
              <Field key={column.name} label={column.label} hint={column.hint}>
                <TermInput
                  spec={column}
                  value={row[column.name]}
                  onChange={(value) =>
                    onChange(rows.map((one, index) => (index === at ? { ...one, [column.name]: value } : one)))
                  }
                  testId={`term-${field.name}-${column.name}`}
                />
              </Field>
            ))}
          </FieldRow>
          <Button
            type="text"
            icon={<DeleteOutlined aria-hidden />}
            aria-label={`删除第 ${at + 1} 行`}
            disabled={rows.length <= least}
            onClick={() => remove(at)}
          />
        </div>
      ))}
      <div>
        <Button
          icon={<PlusOutlined aria-hidden />}
          disabled={rows.length >= (field.max ?? 100)}
          onClick={add}
          data-testid={`add-${field.name}`}
        >
          再加一行
        </Button>
      </div>
    </div>
  );
}

const isWide = (field: PlayField): boolean => field.type === 'ROWS' || field.type === 'SKUS';

/** Small fields that follow each other share a line; rows and long lists have their own. */
function groupsOf(fields: readonly PlayField[]): PlayField[][] {
  const groups: PlayField[][] = [];
  for (const field of fields) {
    const last = groups.at(-1);
    if (last && !isWide(field) && !last.some(isWide)) last.push(field);
    else groups.push([field]);
  }
  return groups;
}

interface PlayFormProps {
  play: PlayView;
  terms: Terms;
  onChange: (terms: Terms) => void;
}

/** The form that a play describes itself; nothing here knows a play by name. */
export function PlayForm({ play, terms, onChange }: PlayFormProps) {
  const set = (name: string, value: unknown) => onChange({ ...terms, [name]: value });
  const show = (field: PlayField) => (
    <div key={field.name} style={isWide(field) ? { width: '100%' } : undefined}>
      <Field
        label={
          <>
            {field.label}
            {field.required ? null : <span className="muted">（选填）</span>}
          </>
        }
        hint={field.hint}
      >
        {field.type === 'ROWS' ? (
          <Rows
            field={field}
            rows={Array.isArray(terms[field.name]) ? (terms[field.name] as Terms[]) : []}
            terms={terms}
            onChange={(rows) => set(field.name, rows)}
          />
        ) : (
          <TermInput
            spec={field}
            value={terms[field.name]}
            onChange={(value) => set(field.name, value)}
            testId={`term-${field.name}`}
          />
        )}
      </Field>
    </div>
  );
  return (
    <div className="stack">
      {groupsOf(play.fields.filter((field) => isAsked(field, terms))).map((fields) => (
        <FieldRow key={fields[0]?.name}>{fields.map(show)}</FieldRow>
      ))}
    </div>
  );
}
