import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard'
import { visible } from '../../../shared/text/visible.tsx'

interface QueryLineProps {
  /** As AWS is asked, `*` for everything. */
  readonly query: string
  readonly onEdit: () => void
}

/** The query that the filter stands for, to be read, copied and edited. */
export function QueryLine({ query, onEdit }: QueryLineProps) {
  return (
    <div className="td-query-line">
      <Box variant="span" color="text-body-secondary">
        Query
      </Box>
      <code className="td-mono td-query">{visible(query)}</code>
      <CopyToClipboard
        variant="icon"
        textToCopy={query}
        copyButtonAriaLabel="Copy query"
        copySuccessText="Copied"
        copyErrorText="It could not be copied"
      />
      <Button variant="inline-link" iconName="edit" onClick={onEdit}>
        Edit as text
      </Button>
    </div>
  )
}
