import { type ReactNode, useState } from 'react'
import { useInProduction } from '../environment/in-environment.tsx'
import { ConfirmDialog } from './confirm-dialog.tsx'
import { Consequences } from './consequences.tsx'
import { TypedName } from './typed-name.tsx'

interface DestroyDialogProps {
  /** 'Delete the thing pump-7' */
  readonly header: string
  /** 'Delete thing' */
  readonly action: string
  /** What is done to it, 'revoke'. */
  readonly verb?: string
  /** To what, where it is not the one that bears the name: '2 things'. */
  readonly object?: string
  /** What has to be typed, letter by letter. */
  readonly name: string
  /** What follows from it, each a sentence or two. */
  readonly consequences: readonly ReactNode[]
  /** The dialog stays until it is known how this ended. */
  readonly onDestroy: () => Promise<unknown> | unknown
  /** 'The thing could not be deleted' */
  readonly failure: string
  readonly onClose: () => void
}

/** Asks for a name before it destroys what bears it, and lists what follows. */
export function DestroyDialog({
  name,
  verb = 'delete',
  object = 'it',
  consequences,
  onDestroy,
  ...dialog
}: DestroyDialogProps) {
  const [typed, setTyped] = useState('')
  const where = useInProduction()
  return (
    <ConfirmDialog {...dialog} disabled={typed !== name} onConfirm={onDestroy}>
      <Consequences list={consequences} />
      <TypedName label={`To ${verb} ${object}${where}, type ${name}`} typed={typed} onType={setTyped} />
    </ConfirmDialog>
  )
}
