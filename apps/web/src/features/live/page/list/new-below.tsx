import { formatCount } from '../../../../shared/format.ts'

/** What stands over the end of the list while it is not followed. */
export function NewBelow({ count, onFollow }: { readonly count: number; readonly onFollow: () => void }) {
  if (count <= 0) return null
  return (
    <div className="td-list-end">
      <button type="button" className="td-new-below" onClick={onFollow}>
        ▼ {formatCount(count)} new (follow is off)
      </button>
    </div>
  )
}
