import { useQueryClient } from '@tanstack/react-query'
import { endpoints, type RuleDestination } from '@thingdeck/contract'
import { type ReactNode, useState } from 'react'
import type { Action } from '../../shared/action/action.ts'
import { api } from '../../shared/api.ts'
import { useFlash } from '../../shared/flash/flash.tsx'
import { messageOf } from '../../shared/message-of.ts'
import { RULE_DESTINATIONS } from './api.ts'
import { ConfirmDestination } from './components/confirm-destination.tsx'
import { DeleteDestination } from './components/delete-destination.tsx'
import { DisableDestination } from './components/disable-destination.tsx'
import { nameOf, stateOf } from './destination-words.ts'

type Asked = 'confirm' | 'disable' | 'delete'

interface DestinationActions {
  readonly actionsFor: (destination: RuleDestination) => readonly Action[]
  /** Of what was asked for, where something was. */
  readonly dialog: ReactNode
}

/** What an admin may do to a destination. */
export function useDestinationActions(): DestinationActions {
  const client = useQueryClient()
  const { flash } = useFlash()
  const [asked, setAsked] = useState<{ readonly act: Asked; readonly destination: RuleDestination }>()

  async function set(destination: RuleDestination, status: 'ENABLED' | 'IN_PROGRESS'): Promise<void> {
    const name = nameOf(destination)
    const id = `destination ${destination.arn}`
    try {
      const after = await api(endpoints.updateRuleDestination, { params: { arn: destination.arn }, body: { status } })
      const isSent = after.status === 'IN_PROGRESS' && after.httpUrl !== undefined
      flash({
        id,
        type: 'success',
        header: isSent ? `AWS IoT sends a new token to ${name}` : `${name}: ${stateOf(after)[1].toLowerCase()}`,
      })
    } catch (error) {
      const what = status === 'ENABLED' ? 'could not be enabled' : 'could not be tried again'
      flash({ id, type: 'error', header: `${name} ${what}`, content: messageOf(error) })
    }
    await client.invalidateQueries({ queryKey: RULE_DESTINATIONS })
  }

  const close = () => setAsked(undefined)
  return {
    actionsFor: (destination) => {
      const { status, httpUrl } = destination
      const isWaiting = status === 'IN_PROGRESS'
      const whyNotTried = status === 'DELETING' ? 'It is being deleted.' : undefined
      return [
        ...(httpUrl
          ? [
              {
                id: 'confirm',
                text: 'Confirm destination',
                needs: 'admin' as const,
                whyNot: isWaiting ? undefined : `It does not wait to be confirmed: it is ${status}.`,
                onAction: () => setAsked({ act: 'confirm', destination }),
              },
            ]
          : []),
        {
          id: 'retry',
          text: httpUrl ? 'Send a new token' : 'Try again',
          needs: 'admin',
          whyNot: whyNotTried,
          onAction: () => void set(destination, 'IN_PROGRESS'),
        },
        {
          id: 'enable',
          text: 'Enable destination',
          needs: 'admin',
          whyNot: status === 'DISABLED' ? undefined : `AWS IoT enables what is disabled; this is ${status}.`,
          onAction: () => void set(destination, 'ENABLED'),
        },
        {
          id: 'disable',
          text: 'Disable destination',
          needs: 'admin',
          whyNot: status === 'ENABLED' ? undefined : `AWS IoT disables what is enabled; this is ${status}.`,
          onAction: () => setAsked({ act: 'disable', destination }),
        },
        {
          id: 'delete',
          text: 'Delete destination',
          needs: 'admin',
          onAction: () => setAsked({ act: 'delete', destination }),
        },
      ]
    },
    dialog:
      asked?.act === 'confirm' ? (
        <ConfirmDestination destination={asked.destination} onClose={close} />
      ) : asked?.act === 'disable' ? (
        <DisableDestination destination={asked.destination} onClose={close} />
      ) : (
        asked && <DeleteDestination destination={asked.destination} onClose={close} />
      ),
  }
}
