import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { endpoints, type RoleAlias } from '@thingdeck/contract'
import { useState } from 'react'
import { api } from '../../shared/api.ts'
import { DetailsPage } from '../../shared/details/details-page.tsx'
import { Form } from '../../shared/form/form.tsx'
import { useForm } from '../../shared/form/use-form.ts'
import { useWhyNot } from '../../shared/session/session.tsx'
import { ROLE_ALIASES, roleAliasQuery } from './api.ts'
import {
  definitionOf,
  FIELDS_OF_CODES,
  LIMITS,
  RoleAliasFields,
  RULES,
  valuesOf,
} from './components/role-alias-form.tsx'
import { roleAliasPaths } from './role-alias-paths.ts'

export function EditRoleAliasPage({ roleAlias }: { readonly roleAlias: string }) {
  return (
    <DetailsPage
      title={`Edit ${roleAlias}`}
      breadcrumbs={[
        { text: 'Role aliases', href: roleAliasPaths.list() },
        { text: roleAlias, href: roleAliasPaths.roleAlias(roleAlias) },
        { text: 'Edit', href: roleAliasPaths.edit(roleAlias) },
      ]}
      what="role alias"
      query={useQuery(roleAliasQuery(roleAlias))}
      notFound={`There is no role alias named ${roleAlias}`}
      content={(alias) => <EditForm alias={alias} />}
    />
  )
}

function EditForm({ alias }: { readonly alias: RoleAlias }) {
  const [opened] = useState(alias)
  const { roleAlias } = opened
  const { history } = useRouter()
  const client = useQueryClient()
  const form = useForm({
    initial: valuesOf(opened),
    limits: LIMITS,
    rules: RULES,
    fieldsOfCodes: FIELDS_OF_CODES,
    submit: (values) => api(endpoints.updateRoleAlias, { params: { roleAlias }, body: definitionOf(values) }),
    onDone: () => {
      void client.invalidateQueries({ queryKey: ROLE_ALIASES })
      history.push(roleAliasPaths.roleAlias(roleAlias))
    },
  })
  return (
    <Form
      form={form}
      action="Save role alias"
      failure="The role alias could not be changed"
      unsaved="the changes of the role alias"
      cancelHref={roleAliasPaths.roleAlias(roleAlias)}
      whyNot={useWhyNot('admin')}
    >
      <RoleAliasFields form={form} isNew={false} />
    </Form>
  )
}
