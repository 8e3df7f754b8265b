import { Link } from 'react-router';

interface PersonCellProps {
  person: { id: string; nickname: string; avatarUrl: string; phoneMasked: string | null; memberNo: string };
  isLinked?: boolean;
}

/** Face, name and number of a member; the name leads to the person. */
export function PersonCell({ person, isLinked = true }: PersonCellProps) {
  const name = (
    <span className="clip" title={person.nickname} style={{ display: 'block', maxWidth: 150 }}>
      {person.nickname}
    </span>
  );
  return (
    <div className="row" style={{ minWidth: 0 }}>
      {person.avatarUrl ? (
        <img src={person.avatarUrl} alt="" width={34} height={34} style={{ borderRadius: '50%', flex: 'none' }} />
      ) : (
        <span className="face" aria-hidden="true">
          {person.nickname.slice(0, 1)}
        </span>
      )}
      <div style={{ minWidth: 0 }}>
        {isLinked ? (
          <Link className="link" to={`/members/${person.id}`}>
            {name}
          </Link>
        ) : (
          name
        )}
        <div className="muted small num">{person.phoneMasked ?? person.memberNo}</div>
      </div>
    </div>
  );
}
