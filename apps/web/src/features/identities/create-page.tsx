import SpaceBetween from '@cloudscape-design/components/space-between'
import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { endpoints } from '@thingdeck/contract'
import { api } from '../../shared/api.ts'
import { usePageChrome } from '../../shared/chrome/chrome.tsx'
import { Form } from '../../shared/form/form.tsx'
import { type Pair, pairsRule, recordOf } from '../../shared/form/pairs-field.tsx'
import { useForm } from '../../shared/form/use-form.ts'
import { PageHeader } from '../../shared/help/page-header.tsx'
import { paths } from '../../shared/paths.ts'
import { useWhyNot } from '../../shared/session/session.tsx'
import { TAG_RULES } from '../../shared/tags/tag-rules.ts'
import { TagsField } from '../../shared/tags/tags-field.tsx'
import { IDENTITIES } from './api.ts'
import { PoolFields } from './components/pool-fields.tsx'
import { NEW_POOL, nobodyProblem, POOL_LIMITS, type PoolValues, providersProblem, settingsOf } from './pool-values.ts'

const NEW: PoolValues & { readonly tags: readonly Pair[] } = { ...NEW_POOL, tags: [] }

/** Makes a pool, and goes on to its roles: without one it gives nobody credentials. */
export function CreateIdentityPoolPage() {
  const { history } = useRouter()
  const client = useQueryClient()
  usePageChrome({
    title: 'Create identity pool',
    breadcrumbs: [
      { text: 'Identities', href: paths.identityPools() },
      { text: 'Create identity pool', href: paths.createIdentityPool() },
    ],
  })
  const form = useForm({
    initial: NEW,
    limits: POOL_LIMITS,
    rules: {
      providers: (providers, values) => providersProblem(providers, undefined) ?? nobodyProblem(providers, values),
      tags: pairsRule(TAG_RULES),
    },
    submit: ({ tags, ...values }) =>
      api(endpoints.createIdentityPool, { body: { ...settingsOf(values), tags: recordOf(tags) } }),
    onDone: ({ identityPoolId }) => {
      void client.invalidateQueries({ queryKey: IDENTITIES })
      history.push(paths.identityPoolRoles(identityPoolId))
    },
  })
  return (
    <SpaceBetween size="m">
      <PageHeader description="Its roles are asked for next: until it has one, nobody gets credentials.">
        Create identity pool
      </PageHeader>
      <Form
        form={form}
        action="Create identity pool"
        failure="The identity pool could not be created"
        unsaved="the new identity pool"
        cancelHref={paths.identityPools()}
        whyNot={useWhyNot('admin')}
      >
        <PoolFields
          fields={{
            name: form.field('name'),
            providers: form.field('providers'),
            allowsUnauthenticated: form.field('allowsUnauthenticated'),
            allowsClassicFlow: form.field('allowsClassicFlow'),
          }}
        />
        <TagsField field={form.field('tags')} />
      </Form>
    </SpaceBetween>
  )
}
