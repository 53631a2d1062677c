import Alert from '@cloudscape-design/components/alert'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { endpoints, type IdentityPool } from '@thingdeck/contract'
import { useState } from 'react'
import { api } from '../../shared/api.ts'
import { DetailsPage } from '../../shared/details/details-page.tsx'
import { Form } from '../../shared/form/form.tsx'
import { useForm } from '../../shared/form/use-form.ts'
import { paths } from '../../shared/paths.ts'
import { useWhyNot } from '../../shared/session/session.tsx'
import { IDENTITIES, identityPoolQuery } from './api.ts'
import { PoolFields } from './components/pool-fields.tsx'
import {
  developerOf,
  nobodyProblem,
  POOL_LIMITS,
  providersProblem,
  seenSettings,
  settingsOf,
  valuesOf,
} from './pool-values.ts'

export function EditIdentityPoolPage({ identityPoolId }: { readonly identityPoolId: string }) {
  const query = useQuery(identityPoolQuery(identityPoolId))
  const name = query.data?.name ?? identityPoolId
  return (
    <DetailsPage
      title={`Edit ${name}`}
      breadcrumbs={[
        { text: 'Identities', href: paths.identityPools() },
        { text: name, href: paths.identityPool(identityPoolId) },
        { text: 'Edit', href: paths.editIdentityPool(identityPoolId) },
      ]}
      what="identity pool"
      query={query}
      notFound={`There is no identity pool ${identityPoolId}`}
      content={(pool) => <EditForm pool={pool} />}
    />
  )
}

function EditForm({ pool }: { readonly pool: IdentityPool }) {
  const [opened] = useState(pool)
  const { identityPoolId, isOfConsole } = opened
  const { history } = useRouter()
  const client = useQueryClient()
  const form = useForm({
    initial: valuesOf(opened),
    limits: POOL_LIMITS,
    rules: {
      providers: (providers, values) =>
        providersProblem(providers, developerOf(opened)) ?? nobodyProblem(providers, values),
    },
    submit: (values) =>
      api(endpoints.updateIdentityPool, {
        params: { identityPoolId },
        body: { ...settingsOf(values), expected: seenSettings(opened) },
      }),
    onDone: () => {
      void client.invalidateQueries({ queryKey: IDENTITIES })
      history.push(paths.identityPool(identityPoolId))
    },
  })
  return (
    <Form
      form={form}
      action="Save identity pool"
      failure="The identity pool could not be changed"
      unsaved="the changes of the identity pool"
      cancelHref={paths.identityPool(identityPoolId)}
      whyNot={useWhyNot('admin')}
    >
      {isOfConsole && (
        <Alert type="warning">
          By this pool the console signs its own people in. Without its login provider, nobody’s pages get messages any
          more.
        </Alert>
      )}
      <PoolFields
        fields={{
          name: form.field('name'),
          providers: form.field('providers'),
          allowsUnauthenticated: form.field('allowsUnauthenticated'),
          allowsClassicFlow: form.field('allowsClassicFlow'),
        }}
      />
    </Form>
  )
}
