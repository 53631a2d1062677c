import './rules.css'
import { highlightSql, type SqlPiece } from '@thingdeck/rules-sql'
import { visible } from '../../shared/text/visible.tsx'
import { visibleText } from '../../shared/text/visible-text.ts'

/** A statement on one line, in the colours of its editor; whole on hover. */
export function SqlLine({ sql }: { readonly sql: string }) {
  return (
    <span className="td-sql td-sql-line" title={visibleText(sql)}>
      <SqlPieces sql={sql} between={(space) => (space === '' ? '' : ' ')} />
    </span>
  )
}

/** A statement as it stands, in the colours of its editor. */
export function SqlText({ sql }: { readonly sql: string }) {
  return (
    <pre className="td-sql td-sql-text">
      <SqlPieces sql={sql} between={(space) => space} />
    </pre>
  )
}

interface SqlPiecesProps {
  readonly sql: string
  /** What is shown of the white space between two pieces. */
  readonly between: (space: string) => string
}

function SqlPieces({ sql, between }: SqlPiecesProps) {
  let shownTo = 0
  return highlightSql(sql).map((piece) => {
    const space = between(sql.slice(shownTo, piece.from))
    shownTo = piece.to
    return (
      <span key={piece.from} className={COLOURS[piece.kind]}>
        {space}
        {visible(sql.slice(piece.from, piece.to))}
      </span>
    )
  })
}

const COLOURS: Partial<Readonly<Record<SqlPiece['kind'], string>>> = {
  keyword: 'td-sql-keyword',
  function: 'td-sql-name',
  variable: 'td-sql-name',
  string: 'td-sql-string',
  number: 'td-sql-number',
  fault: 'td-error',
}
