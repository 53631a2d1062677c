import SpaceBetween from '@cloudscape-design/components/space-between'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { type Authorizer, endpoints, MOST_PUBLIC_KEYS } from '@thingdeck/contract'
import { useState } from 'react'
import { api } from '../../shared/api.ts'
import { AUTHORIZERS, authorizerQuery } from '../../shared/authorizers/authorizer-queries.ts'
import { DetailsPage } from '../../shared/details/details-page.tsx'
import { CheckField, TextField } from '../../shared/form/fields.tsx'
import { Form } from '../../shared/form/form.tsx'
import { recordOf } from '../../shared/form/pairs-field.tsx'
import { useForm } from '../../shared/form/use-form.ts'
import { paths } from '../../shared/paths.ts'
import { useWhyNot } from '../../shared/session/session.tsx'
import { publicKeyQuery } from './api.ts'
import { changeOf, LIMITS, SIGNING_LIMITS } from './authorizer-values.ts'
import { KeysField } from './components/keys-field.tsx'

export function EditAuthorizerPage({ authorizerName }: { readonly authorizerName: string }) {
  return (
    <DetailsPage
      title={`Edit ${authorizerName}`}
      breadcrumbs={[
        { text: 'Authorizers', href: paths.authorizers() },
        { text: authorizerName, href: paths.authorizer(authorizerName) },
        { text: 'Edit', href: paths.editAuthorizer(authorizerName) },
      ]}
      what="authorizer"
      query={useQuery(authorizerQuery(authorizerName))}
      notFound={`There is no authorizer named ${authorizerName}`}
      content={(authorizer) => <EditForm authorizer={authorizer} />}
    />
  )
}

function EditForm({ authorizer }: { readonly authorizer: Authorizer }) {
  const [{ authorizerName, signingDisabled, ...opened }] = useState(authorizer)
  const { history } = useRouter()
  const client = useQueryClient()
  const isSigned = !signingDisabled
  const form = useForm({
    initial: changeOf({ authorizerName, signingDisabled, ...opened }),
    limits: {
      authorizerFunctionArn: LIMITS.authorizerFunctionArn,
      ...(isSigned && { tokenKeyName: SIGNING_LIMITS.tokenKeyName }),
    },
    rules: {
      keys: (keys) => {
        if (!isSigned) return undefined
        const written = keys.filter(({ key, value }) => key !== '' || value.trim() !== '')
        if (written.length === 0) return 'One key at least is needed to verify tokens.'
        if (written.length > MOST_PUBLIC_KEYS) return `At most ${MOST_PUBLIC_KEYS} keys.`
        if (written.some(({ key, value }) => key === '' || value.trim() === ''))
          return 'Each key needs a name and its PEM.'
        return new Set(written.map(({ key }) => key)).size < written.length ? 'Two keys have the same name.' : undefined
      },
    },
    submit: async ({ authorizerFunctionArn, tokenKeyName, keys, enableCachingForHttp }) => {
      const tokenSigningPublicKeys = recordOf(keys)
      // What is no key is said before AWS is asked.
      for (const pem of Object.values(tokenSigningPublicKeys)) await client.fetchQuery(publicKeyQuery(pem))
      return api(endpoints.updateAuthorizer, {
        params: { authorizerName },
        body: {
          authorizerFunctionArn,
          enableCachingForHttp,
          ...(isSigned && { tokenKeyName, tokenSigningPublicKeys }),
        },
      })
    },
    onDone: () => {
      void client.invalidateQueries({ queryKey: AUTHORIZERS })
      history.push(paths.authorizer(authorizerName))
    },
  })
  return (
    <Form
      form={form}
      action="Save authorizer"
      failure="The authorizer could not be changed"
      unsaved="the changes of the authorizer"
      cancelHref={paths.authorizer(authorizerName)}
      whyNot={useWhyNot('admin')}
    >
      <TextField
        field={form.field('authorizerFunctionArn')}
        label="Function"
        description="Another function needs a permission of its own, by which AWS IoT may invoke it."
      />
      {isSigned && (
        <SpaceBetween size="l">
          <TextField
            field={form.field('tokenKeyName')}
            label="Name of the token"
            description="Clients that send it under the old name are refused."
          />
          <KeysField field={form.field('keys')} />
        </SpaceBetween>
      )}
      <CheckField
        field={form.field('enableCachingForHttp')}
        description="One answer serves all requests of a kept HTTP connection until it is to be refreshed."
      >
        Cache the answer for HTTP
      </CheckField>
    </Form>
  )
}
