import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { type DomainConfiguration, endpoints } from '@thingdeck/contract'
import { type ReactNode, useState } from 'react'
import type { Action } from '../../shared/action/action.ts'
import { api } from '../../shared/api.ts'
import { DOMAIN_CONFIGURATIONS } from '../../shared/authorizers/authorizer-queries.ts'
import { serverNow } from '../../shared/clock/server-clock.ts'
import { ConfirmDialog } from '../../shared/dialog/confirm-dialog.tsx'
import { Consequences } from '../../shared/dialog/consequences.tsx'
import { DestroyDialog } from '../../shared/dialog/destroy-dialog.tsx'
import { useFlash } from '../../shared/flash/flash.tsx'
import { paths } from '../../shared/paths.ts'
import { asksAuthorizers } from './authentication-words.ts'
import { whyNotChanged, whyNotDeleted } from './deletion-rule.ts'

interface Asked {
  readonly act: 'enable' | 'disable' | 'delete'
  readonly configuration: DomainConfiguration
}

interface DomainActions {
  readonly actionsFor: (configuration: DomainConfiguration) => readonly Action[]
  /** Of what was asked for, where something was. */
  readonly dialog: ReactNode
}

/** What an admin may do to a domain configuration. */
export function useDomainActions(): DomainActions {
  const [asked, setAsked] = useState<Asked>()
  return {
    actionsFor: (configuration) => {
      const { domainConfigurationName: name, status, authenticationType } = configuration
      const ask = (act: Asked['act']) => () => setAsked({ act, configuration })
      return [
        {
          id: 'delete',
          text: 'Delete domain configuration',
          needs: 'admin',
          whyNot: whyNotDeleted(configuration, serverNow()),
          onAction: ask('delete'),
        },
        status === 'ENABLED'
          ? {
              id: 'disable',
              text: 'Disable domain configuration',
              needs: 'admin',
              whyNot: whyNotChanged(configuration),
              onAction: ask('disable'),
            }
          : {
              id: 'enable',
              text: 'Enable domain configuration',
              needs: 'admin',
              whyNot: whyNotChanged(configuration),
              onAction: ask('enable'),
            },
        {
          id: 'edit',
          text: 'Edit domain configuration',
          needs: 'admin',
          whyNot: whyNotChanged(configuration),
          href: paths.editDomainConfiguration(name),
        },
        {
          id: 'try',
          text: 'Try out',
          whyNot: asksAuthorizers(authenticationType) ? undefined : 'No authorizer is asked at this domain.',
          href: paths.tryAuthorizer({ domain: name }),
        },
      ]
    },
    dialog: asked && <Question {...asked} onClose={() => setAsked(undefined)} />,
  }
}

function Question({ act, configuration, onClose }: Asked & { readonly onClose: () => void }) {
  const client = useQueryClient()
  const { history } = useRouter()
  const { flash } = useFlash()
  const { domainConfigurationName: name, domainName, domainType } = configuration
  const params = { domainConfigurationName: name }
  const host = domainName === undefined ? 'the domain' : domainName
  const done = async (header: string) => {
    flash({ id: `domain configuration ${name}`, type: 'success', header })
    await client.invalidateQueries({ queryKey: DOMAIN_CONFIGURATIONS })
  }
  const setStatus = async (status: DomainConfiguration['status']) => {
    await api(endpoints.updateDomainConfiguration, { params, body: { status } })
    await done(`The domain configuration ${name} is ${status}`)
  }
  if (act === 'delete') {
    return (
      <DestroyDialog
        header={`Delete the domain configuration ${name}`}
        action="Delete domain configuration"
        name={name}
        consequences={[
          `Nobody can connect to ${host} any more.`,
          domainType === 'AWS_MANAGED'
            ? 'Its host does not come again: another configuration gets another one.'
            : 'Its server certificate stays in ACM, and the entry of your DNS where it is.',
        ]}
        failure="The domain configuration could not be deleted"
        onDestroy={async () => {
          await api(endpoints.deleteDomainConfiguration, { params })
          history.push(paths.domainConfigurations())
          await done(`The domain configuration ${name} was deleted`)
        }}
        onClose={onClose}
      />
    )
  }
  return act === 'disable' ? (
    <ConfirmDialog
      header={`Disable the domain configuration ${name}?`}
      action="Disable domain configuration"
      failure="The domain configuration could not be disabled"
      onConfirm={() => setStatus('DISABLED')}
      onClose={onClose}
    >
      <Consequences
        list={[
          `Whoever connects to ${host} is refused: DOMAIN_CONFIGURATION_DISABLED.`,
          domainType === 'AWS_MANAGED'
            ? 'It can be deleted seven days later. Enabled again before, the seven days begin anew.'
            : 'It can be deleted at once, or enabled again.',
        ]}
      />
    </ConfirmDialog>
  ) : (
    <ConfirmDialog
      header={`Enable the domain configuration ${name}?`}
      action="Enable domain configuration"
      failure="The domain configuration could not be enabled"
      onConfirm={() => setStatus('ENABLED')}
      onClose={onClose}
    >
      <Consequences list={[`Clients connect to ${host} again, as it is configured.`]} />
    </ConfirmDialog>
  )
}
