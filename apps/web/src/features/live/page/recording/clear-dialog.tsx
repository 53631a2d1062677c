import './recording.css'
import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import { useState } from 'react'
import { Dialog } from '../../../../shared/dialog/dialog.tsx'
import { formatCount } from '../../../../shared/format.ts'
import { useSampledView } from '../feed/use-feed.ts'
import type { WindowFeed } from '../feed/use-window-feed.ts'
import { useExport } from './use-export.tsx'

interface ClearDialogProps {
  readonly stream: string
  readonly feed: WindowFeed
  readonly onClear: () => void
  readonly onClose: () => void
}

/** Says how many messages go, of now, and offers to save them first. */
export function ClearDialog({ stream, feed, onClear, onClose }: ClearDialogProps) {
  const view = useSampledView(feed, 500)
  const exportMessages = useExport(stream)
  const [saving, setSaving] = useState<'not yet' | 'under way' | 'saved' | 'failed'>('not yet')
  const save = async () => {
    setSaving('under way')
    setSaving((await exportMessages({ kind: 'kept' }, 'recording')) ? 'saved' : 'failed')
  }
  const kept = view?.counters.kept ?? 0
  const messages = kept === 1 ? '1 message' : `${formatCount(kept)} messages`
  return (
    <Dialog
      header="Clear everything kept"
      action="Clear everything"
      onAction={onClear}
      onClose={onClose}
      disabled={saving === 'under way'}
    >
      <p className="td-clear-words">
        <b>{messages}</b> {kept === 1 ? 'goes' : 'go'} from the list, the tree and the charts, whatever the filter
        shows. The counters begin anew; the subscriptions go on. For a minute it can be undone, while little comes
        meanwhile.
      </p>
      {view?.recording !== undefined && (
        <p className="td-clear-words">The recording that is under way keeps what it has, and goes on.</p>
      )}
      <div className="td-clear-save">
        <Button iconName="download" loading={saving === 'under way'} onClick={() => void save()}>
          Save as a recording first
        </Button>
        <Box variant="span" color="text-body-secondary">
          <span role="status">
            {saving === 'saved' && 'Saved. It can be opened here again: More, Open a recording.'}
            {saving === 'failed' && 'It was not saved: nothing is cleared yet.'}
          </span>
        </Box>
      </div>
    </Dialog>
  )
}
