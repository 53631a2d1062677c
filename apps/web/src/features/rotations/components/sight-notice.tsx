import Alert from '@cloudscape-design/components/alert'
import Link from '@cloudscape-design/components/link'
import type { Rotation } from '@thingdeck/contract'
import { paths } from '../../../shared/paths.ts'
import { visible } from '../../../shared/text/visible.tsx'
import { Age } from '../../../shared/time.tsx'
import { thingsInWords } from '../stage-words.ts'

/** By what it is known that a device connected with its new certificate, or why nobody can tell. */
export function SightNotice({ rotation }: { readonly rotation: Rotation }) {
  const waiting = rotation.counts.waiting ?? 0
  const { source, message, lookedAt } = rotation.sight
  if (waiting === 0) return null
  if (source === 'none')
    return (
      <Alert type="warning" header="Nothing tells when devices connect with their new certificates">
        {visible(message ?? '')} Only the log names the certificate of a connection: neither the fleet index nor a
        connection's own data do. Have AWS IoT log at INFO in the{' '}
        <Link href={paths.logSettings()}>logging settings</Link>, or mark things as seen below where you know it.
      </Alert>
    )
  return (
    <Alert type="info">
      {`${thingsInWords(waiting)} did not connect with the new certificate yet. Connect entries of AWS IoT's log tell`}
      {lookedAt === undefined ? (
        '.'
      ) : (
        <>
          , which was read last <Age atMs={Date.parse(lookedAt)} />.
        </>
      )}
    </Alert>
  )
}
