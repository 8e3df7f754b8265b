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
        <div key={keys[at] ?? `row-${at}`} className="leg" data-testid={`row-${field.name}`}>
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
            <Button
              type="text"
              style={{ marginLeft: 'auto', marginTop: 24 }}
              icon={<DeleteOutlined aria-hidden />}
              aria-label={`删除第 ${at + 1} 行`}
              disabled={rows.length <= least}
              onClick={() => remove(at)}
            />
          </FieldRow>
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

interface PlayFormProps {
  play: PlayView;
  terms: Terms;
  onChange: (terms: Terms) => void;
}

/** The form that a play describes itself; nothing here knows a play by name. */
export function PlayForm({ play, terms, onChange }: PlayFormProps) {
  const set = (name: string, value: unknown) => onChange({ ...terms, [name]: value });
  return (
    <div className="stack">
      {play.fields
        .filter((field) => isAsked(field, terms))
        .map((field) => (
          <Field
            key={field.name}
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
        ))}
    </div>
  );
}
