import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import type { SharedView, ViewContent } from '@thingdeck/contract'
import { type ReactNode, useState } from 'react'
import { ConfirmDialog } from '../dialog/confirm-dialog.tsx'
import { Dialog } from '../dialog/dialog.tsx'
import { useSession } from '../session/session.tsx'
import { visible } from '../text/visible.tsx'
import { SaveNameDialog } from './save-name-dialog.tsx'
import './saved-views.css'
import { type SavedView, type SharedViewOf, withView } from './saved-view.ts'
import { useChangeSharedViews } from './shared-views.ts'

interface ManageViewsDialogProps<Content extends ViewContent> {
  readonly own: readonly SavedView<Content>[]
  readonly setOwn: (views: readonly SavedView<Content>[]) => void
  readonly views: readonly SharedViewOf<Content>[]
  readonly summaryOf: (content: Content) => string
  readonly onClose: () => void
}

type Asked<Content> =
  | { readonly kind: 'rename'; readonly mine: SavedView<Content> }
  | { readonly kind: 'rename' | 'remove'; readonly view: SharedViewOf<Content> }

/** All that is kept under a name, one's own and what is shared, to be renamed and removed by whoever may. */
export function ManageViewsDialog<Content extends ViewContent>(props: ManageViewsDialogProps<Content>) {
  const { own, setOwn, views, summaryOf, onClose } = props
  const { person } = useSession()
  const { rename, remove } = useChangeSharedViews()
  const [asked, setAsked] = useState<Asked<Content>>()
  const back = () => {
    rename.reset()
    setAsked(undefined)
  }

  if (asked && 'mine' in asked) {
    const { mine } = asked
    return (
      <SaveNameDialog
        header={`Rename ${mine.name}`}
        initial={mine.name}
        taken={own.filter((each) => each !== mine).map(({ name }) => name)}
        onClose={back}
        onSave={(name) => {
          setOwn(
            withView(
              own.filter((each) => each !== mine),
              { ...mine, name },
            ),
          )
          back()
        }}
      />
    )
  }
  if (asked?.kind === 'rename') {
    const { view } = asked
    return (
      <SaveNameDialog
        header={`Rename ${view.name}`}
        description="It is shared: everyone sees it under its new name."
        action="Rename"
        failure="It was not renamed"
        initial={view.name}
        taken={[]}
        busy={rename.isPending}
        error={rename.error}
        onClose={back}
        onSave={(name) => rename.mutate({ view, name }, { onSuccess: back })}
      />
    )
  }
  if (asked) {
    const { view } = asked
    return (
      <ConfirmDialog
        header={`Share ${view.name} no longer?`}
        action="Remove the shared view"
        isConsoleOnly
        failure="It was not removed"
        onConfirm={() => remove(view.viewId)}
        onClose={back}
      >
        {view.owner.id === person.id ? 'You share it' : `${view.owner.name} shares it`} with everyone here, and nobody
        will find it any more. It shows {summaryOf(view.content)}.
      </ConfirmDialog>
    )
  }
  return (
    <Dialog header="Saved views" action="Close" isOver onAction={onClose} onClose={onClose}>
      <Views title="Mine, in this browser" empty="None is saved.">
        {own.map((mine) => (
          <li key={mine.name} className="td-saved-view">
            <Words name={mine.name} summary={summaryOf(mine.content)} />
            <Acts
              name={mine.name}
              onRename={() => setAsked({ kind: 'rename', mine })}
              onRemove={() => setOwn(own.filter((each) => each !== mine))}
            />
          </li>
        ))}
      </Views>
      <Views title="Shared with everyone here" empty="None is shared.">
        {views.map((view) => (
          <li key={view.viewId} className="td-saved-view">
            <Words name={view.name} summary={`by ${view.owner.name}: ${summaryOf(view.content)}`} />
            <Acts
              name={view.name}
              whyNot={whyNot(view, person)}
              onRename={() => setAsked({ kind: 'rename', view })}
              onRemove={() => setAsked({ kind: 'remove', view })}
            />
          </li>
        ))}
      </Views>
    </Dialog>
  )
}

function whyNot({ owner }: SharedView, person: ReturnType<typeof useSession>['person']): string | undefined {
  if (person.role === 'admin' || (owner.id === person.id && person.role === 'operator')) return undefined
  return owner.id === person.id
    ? 'This needs the role operator.'
    : `${owner.name} shares it: only they and admins can change it.`
}

function Views({ title, empty, children }: { title: string; empty: string; children: readonly ReactNode[] }) {
  return (
    <section aria-label={title}>
      <Box variant="h4">{title}</Box>
      {children.length === 0 ? <p className="td-weak">{empty}</p> : <ul className="td-plain-list">{children}</ul>}
    </section>
  )
}

const Words = ({ name, summary }: { readonly name: string; readonly summary: string }) => (
  <span>
    <strong>{visible(name)}</strong> <span className="td-weak td-mono">{visible(summary)}</span>
  </span>
)

interface ActsProps {
  readonly name: string
  readonly whyNot?: string | undefined
  readonly onRename: () => void
  readonly onRemove: () => void
}

function Acts({ name, whyNot: reason, onRename, onRemove }: ActsProps) {
  const off = reason === undefined ? {} : { disabled: true, disabledReason: reason }
  return (
    <span>
      <Button variant="inline-icon" iconName="edit" ariaLabel={`Rename ${name}`} onClick={onRename} {...off} />
      <Button variant="inline-icon" iconName="remove" ariaLabel={`Remove ${name}`} onClick={onRemove} {...off} />
    </span>
  )
}
