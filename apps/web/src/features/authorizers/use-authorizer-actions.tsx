import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { type Authorizer, endpoints } from '@thingdeck/contract'
import { type ReactNode, useState } from 'react'
import type { Action } from '../../shared/action/action.ts'
import { api } from '../../shared/api.ts'
import { AUTHORIZERS } from '../../shared/authorizers/authorizer-queries.ts'
import { ConfirmDialog } from '../../shared/dialog/confirm-dialog.tsx'
import { Consequences } from '../../shared/dialog/consequences.tsx'
import { DestroyDialog } from '../../shared/dialog/destroy-dialog.tsx'
import { useFlash } from '../../shared/flash/flash.tsx'
import { paths } from '../../shared/paths.ts'
import { useAuthorizerUses } from './use-authorizer-uses.ts'
import { usesInWords, whyNotDeleted } from './use-words.ts'

type Asked = 'activate' | 'deactivate' | 'set-default' | 'clear-default' | 'delete'

/** What an admin may do to an authorizer, and the question that is open. */
export function useAuthorizerActions(
  authorizerName: string,
  authorizer: Authorizer | undefined,
): { readonly actions: readonly Action[]; readonly dialog: ReactNode } {
  const [asked, setAsked] = useState<Asked>()
  const { uses, error } = useAuthorizerUses(authorizerName)
  const notRead = authorizer ? undefined : 'It was not read yet.'
  const isActive = authorizer?.status === 'ACTIVE'
  const isDefault = uses?.isDefault === true
  const ask = (what: Asked) => () => setAsked(what)
  const actions: readonly Action[] = [
    {
      id: 'delete',
      text: 'Delete authorizer',
      needs: 'admin',
      whyNot: notRead ?? whyNotDeleted(authorizer?.status ?? '', uses),
      onAction: ask('delete'),
    },
    isDefault
      ? { id: 'clear-default', text: 'Clear default', needs: 'admin', whyNot: notRead, onAction: ask('clear-default') }
      : {
          id: 'set-default',
          text: 'Set as default',
          needs: 'admin',
          whyNot: notRead ?? (uses ? undefined : 'Which one is the default was not read yet.'),
          onAction: ask('set-default'),
        },
    isActive
      ? {
          id: 'deactivate',
          text: 'Deactivate authorizer',
          needs: 'admin',
          whyNot: notRead,
          onAction: ask('deactivate'),
        }
      : { id: 'activate', text: 'Activate authorizer', needs: 'admin', whyNot: notRead, onAction: ask('activate') },
    { id: 'edit', text: 'Edit authorizer', needs: 'admin', href: paths.editAuthorizer(authorizerName) },
    {
      id: 'try',
      text: 'Try out',
      isPrimary: true,
      href: paths.tryAuthorizer({ authorizer: authorizerName, domain: uses?.domains[0]?.domainConfigurationName }),
    },
  ]
  const props = { authorizerName, uses: usesInWords(uses, error), onClose: () => setAsked(undefined) }
  return {
    actions,
    dialog: asked && <Question asked={asked} {...props} before={uses?.accountDefault} />,
  }
}

interface QuestionProps {
  readonly authorizerName: string
  /** In a sentence. */
  readonly uses: string
  readonly asked: Asked
  /** The default authorizer of the account. */
  readonly before: string | undefined
  readonly onClose: () => void
}

function Question({ authorizerName, uses, asked, before, onClose }: QuestionProps) {
  const client = useQueryClient()
  const { history } = useRouter()
  const { flash } = useFlash()
  const params = { authorizerName }
  const done = async (header: string) => {
    flash({ id: `authorizer ${authorizerName}`, type: 'success', header })
    await client.invalidateQueries({ queryKey: AUTHORIZERS })
  }
  const setStatus = async (status: Authorizer['status']) => {
    await api(endpoints.updateAuthorizer, { params, body: { status } })
    await done(`The authorizer ${authorizerName} is ${status}`)
  }
  switch (asked) {
    case 'delete':
      return (
        <DestroyDialog
          header={`Delete the authorizer ${authorizerName}`}
          action="Delete authorizer"
          name={authorizerName}
          consequences={[
            'Clients that name it are refused from then on: CUSTOM_AUTHORIZER_NOT_FOUND.',
            'Its function stays, and so does the permission by which AWS IoT invokes it.',
          ]}
          failure="The authorizer could not be deleted"
          onDestroy={async () => {
            await api(endpoints.deleteAuthorizer, { params })
            history.push(paths.authorizers())
            await done(`The authorizer ${authorizerName} was deleted`)
          }}
          onClose={onClose}
        />
      )
    case 'deactivate':
      return (
        <ConfirmDialog
          header={`Deactivate the authorizer ${authorizerName}?`}
          action="Deactivate authorizer"
          failure="The authorizer could not be deactivated"
          onConfirm={() => setStatus('INACTIVE')}
          onClose={onClose}
        >
          <Consequences
            list={[
              uses,
              'Nobody connects by it any more: whoever tries is refused, and its function is not called.',
              'Who is connected stays so until the answer is to be refreshed, or the connection ends.',
            ]}
          />
        </ConfirmDialog>
      )
    case 'activate':
      return (
        <ConfirmDialog
          header={`Activate the authorizer ${authorizerName}?`}
          action="Activate authorizer"
          failure="The authorizer could not be activated"
          onConfirm={() => setStatus('ACTIVE')}
          onClose={onClose}
        >
          <Consequences
            list={[
              uses,
              'Whoever its function knows connects with the policies that it answers.',
              'An account has 32 active authorizers at most.',
            ]}
          />
        </ConfirmDialog>
      )
    case 'set-default':
      return (
        <ConfirmDialog
          header={`Make ${authorizerName} the default authorizer?`}
          action="Set as default"
          failure="It could not be made the default authorizer"
          onConfirm={async () => {
            await api(endpoints.setDefaultAuthorizer, {
              body: { authorizerName, ...(before !== undefined && { expectedDefault: before }) },
            })
            await done(`${authorizerName} is the default authorizer`)
          }}
          onClose={onClose}
        >
          <Consequences
            list={[
              'It is asked for every client that has no certificate, names no authorizer, and connects to a domain without one.',
              before === undefined
                ? 'The account has none yet: such clients are refused until now.'
                : `It takes the place of ${before}. AWS IoT refuses a second one: that is cleared first, and for a moment there is none.`,
            ]}
          />
        </ConfirmDialog>
      )
    case 'clear-default':
      return (
        <ConfirmDialog
          header={`Leave the account without a default authorizer?`}
          action="Clear default"
          failure="The default authorizer could not be cleared"
          onConfirm={async () => {
            await api(endpoints.clearDefaultAuthorizer)
            await done('The account has no default authorizer')
          }}
          onClose={onClose}
        >
          <Consequences
            list={[
              'Clients that name no authorizer, and connect to a domain without one, are refused: CUSTOM_AUTHORIZER_NOT_FOUND.',
              `The authorizer ${authorizerName} stays as it is, for domains and for clients that name it.`,
            ]}
          />
        </ConfirmDialog>
      )
  }
}
