import { useMutation } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { InEnvironment } from '../environment/in-environment.tsx'
import { Dialog } from './dialog.tsx'

interface ConfirmDialogProps {
  /** The question, 'Deactivate the certificate 5f2c…?' */
  readonly header: string
  /** What the primary button says: the verb with its object. */
  readonly action: string
  /** The dialog stays until it is known how this ended: it closes by itself, or says why it failed. */
  readonly onConfirm: () => Promise<unknown> | unknown
  /** What to say of a failure, e.g. 'The certificate could not be deactivated'. */
  readonly failure: string
  readonly onClose: () => void
  /** Something is still missing. */
  readonly disabled?: boolean
  /** It changes what is the console's own, and nothing in AWS. */
  readonly isConsoleOnly?: boolean
  /** What will happen. */
  readonly children: ReactNode
}

/** Says what will happen before it does. It is open as long as it is rendered. */
export function ConfirmDialog({ onConfirm, onClose, isConsoleOnly = false, children, ...words }: ConfirmDialogProps) {
  const confirm = useMutation({ mutationFn: async () => onConfirm(), onSuccess: onClose })
  return (
    <Dialog
      {...words}
      busy={confirm.isPending}
      error={confirm.error}
      onAction={() => confirm.mutate()}
      onClose={onClose}
    >
      {!isConsoleOnly && <InEnvironment />}
      {children}
    </Dialog>
  )
}
