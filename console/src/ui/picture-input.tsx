import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useRef, useState } from 'react';
import { api } from '../lib/api';
import { problemText } from '../lib/problem';

const MOST_BYTES = 1_000_000;
const ROOM_FOR_WORDS = 200;

/** Reads a file as base64 without the leading "data:" part. */
const base64Of = (file: File): Promise<string> =>
  new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).split(',')[1] ?? '');
    reader.onerror = () => reject(reader.error ?? new Error('unreadable'));
    reader.readAsDataURL(file);
  });

/** Why a file cannot be a picture of ours; null when it can. */
export function pictureProblem(file: Pick<File, 'type' | 'size'>): string | null {
  if (!['image/png', 'image/jpeg', 'image/webp'].includes(file.type)) return '请选 PNG、JPG 或 WebP 图片';
  if (file.size > MOST_BYTES) return '图片不能超过 1 MB，请压缩后再传';
  return null;
}

interface PictureInputProps {
  value?: string;
  onChange?: (url: string) => void;
  label: string;
  size?: number;
  onRemove?: () => void;
  isDisabled?: boolean;
  testId?: string;
}

/** One picture: shows what is there, uploads another one in its place. */
export function PictureInput(props: PictureInputProps) {
  const { value, onChange, label, size = 88, onRemove, isDisabled = false } = props;
  const picker = useRef<HTMLInputElement>(null);
  const [state, setState] = useState<{ isBusy: boolean; problem: string | null }>({ isBusy: false, problem: null });
  const take = async (file: File | undefined) => {
    if (!file) return;
    const problem = pictureProblem(file);
    if (problem) return setState({ isBusy: false, problem });
    setState({ isBusy: true, problem: null });
    try {
      const { url } = await api.console.uploadPicture({ body: { base64: await base64Of(file) }, timeoutMs: 30_000 });
      onChange?.(url);
      setState({ isBusy: false, problem: null });
    } catch (error) {
      setState({ isBusy: false, problem: problemText(error).message });
    }
  };
  return (
    <div style={state.problem ? { minWidth: size, maxWidth: ROOM_FOR_WORDS } : { width: size }}>
      <Button
        aria-label={value ? `更换${label}` : `上传${label}`}
        disabled={isDisabled}
        loading={state.isBusy}
        onClick={() => picker.current?.click()}
        style={{ width: size, height: size, padding: 0, overflow: 'hidden', borderStyle: value ? 'solid' : 'dashed' }}
      >
        {value ? (
          <img src={value} alt="" style={{ width: '100%', height: '100%', objectFit: 'cover' }} />
        ) : (
          <span className="muted small">
            <PlusOutlined aria-hidden /> {label}
          </span>
        )}
      </Button>
      <input
        ref={picker}
        type="file"
        // The form's own style shows file inputs whatever their `hidden` says.
        style={{ display: 'none' }}
        accept="image/png,image/jpeg,image/webp"
        aria-label={label}
        data-testid={props.testId}
        onChange={(event) => {
          void take(event.target.files?.[0]);
          event.target.value = '';
        }}
      />
      {value && onRemove && !isDisabled ? (
        <Button type="link" size="small" style={{ padding: 0 }} onClick={onRemove}>
          移除
        </Button>
      ) : null}
      {state.problem ? (
        <div className="danger small" role="alert">
          {state.problem}
        </div>
      ) : null}
    </div>
  );
}
