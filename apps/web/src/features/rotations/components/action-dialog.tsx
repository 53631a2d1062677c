import { useQueryClient } from '@tanstack/react-query'
import type { Rotation, RotationAction } from '@thingdeck/contract'
import { ConfirmDialog } from '../../../shared/dialog/confirm-dialog.tsx'
import { Consequences } from '../../../shared/dialog/consequences.tsx'
import { DestroyDialog } from '../../../shared/dialog/destroy-dialog.tsx'
import { useFlash } from '../../../shared/flash/flash.tsx'
import { changeRotation, ROTATIONS } from '../api.ts'
import { fittingIn, thingsInWords } from '../stage-words.ts'

interface ActionDialogProps {
  readonly rotation: Rotation
  readonly action: RotationAction
  /** Left out: all that fit. */
  readonly thingNames?: readonly string[]
  readonly onClose: () => void
}

interface Words {
  readonly header: (things: string) => string
  readonly action: string
  readonly consequences: readonly string[]
}

const WORDS: Readonly<Record<RotationAction, Words>> = {
  retry: {
    header: (things) => `Retry what failed, on ${things}?`,
    action: 'Retry',
    consequences: ['The step that failed is done once more, and the way goes on from there.'],
  },
  renew: {
    header: (things) => `Make new keys for ${things}?`,
    action: 'Make new keys',
    consequences: [
      'The certificates that were made for the lost keys are deleted; they were never active.',
      'The things wait for their keys again.',
    ],
  },
  confirm: {
    header: (things) => `Mark ${things} as seen with the new certificate?`,
    action: 'Mark as seen',
    consequences: [
      'Do this where you know that the device connects with its new certificate: it is cut off otherwise when the old one is deactivated.',
      'The pause before that begins now.',
    ],
  },
  deactivate: {
    header: (things) => `Deactivate the old certificates of ${things} now?`,
    action: 'Deactivate old certificates',
    consequences: [
      'A device that goes back to its old certificate is refused. AWS IoT ends connections that were made with it.',
      'An old certificate that another thing needs still stays active, and it is said whose that is.',
      'It can be undone as long as the old certificates are not deleted.',
    ],
  },
  delete: {
    header: (things) => `Delete the old certificates of ${things}`,
    action: 'Delete old certificates',
    consequences: [
      'They are taken off their things and policies, and deleted: this cannot be undone.',
      'The rotation of these things is finished then.',
    ],
  },
  undo: {
    header: (things) => `Undo the rotation of ${things}?`,
    action: 'Undo rotation',
    consequences: [
      'Old certificates that were deactivated are active again, first of all.',
      'Then the new certificates are deactivated, taken off their things and policies, and deleted: a device that uses its new one already is refused until it goes back to its old one.',
    ],
  },
}

/** Says what an action on things of a rotation does, before it does. */
export function ActionDialog({ rotation, action, thingNames, onClose }: ActionDialogProps) {
  const client = useQueryClient()
  const { flash } = useFlash()
  const { header, action: verb, consequences } = WORDS[action]
  const things = thingsInWords(thingNames?.length ?? fittingIn(rotation, action))
  const onConfirm = async () => {
    const { changed, unfit } = await changeRotation(rotation.rotationId, action, thingNames)
    await client.invalidateQueries({ queryKey: ROTATIONS })
    if (unfit > 0 && thingNames)
      flash({
        id: 'rotation-action',
        type: 'warning',
        header: `Begun on ${thingsInWords(changed)}`,
        content: `${thingsInWords(unfit)} had got to another stage meanwhile, and were left as they are.`,
      })
  }
  const words = { header: header(things), action: verb, failure: 'That could not be begun', onClose }
  if (action === 'delete')
    return (
      <DestroyDialog
        {...words}
        object="the old certificates"
        name={things}
        consequences={consequences}
        onDestroy={onConfirm}
      />
    )
  return (
    <ConfirmDialog {...words} onConfirm={onConfirm}>
      <Consequences list={consequences} />
    </ConfirmDialog>
  )
}
