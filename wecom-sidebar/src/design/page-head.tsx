import { useNavigate } from 'react-router';
import { Button } from './button';
import { Icon } from './icon';

/** The head of a page that is opened from another page of the workbench. */
export function PageHead({ title }: { title: string }) {
  const navigate = useNavigate();
  return (
    <header className="page-head row">
      <Button look="icon" aria-label="返回" onClick={() => navigate(-1)} data-testid="back">
        <Icon name="back" />
      </Button>
      <h1 className="ellipsis">{title}</h1>
    </header>
  );
}
