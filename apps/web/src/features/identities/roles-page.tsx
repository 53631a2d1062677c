import Alert from '@cloudscape-design/components/alert'
import Box from '@cloudscape-design/components/box'
import Container from '@cloudscape-design/components/container'
import ExpandableSection from '@cloudscape-design/components/expandable-section'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { endpoints, type IdentityPool, MOST_ROLE_MAPPINGS } from '@thingdeck/contract'
import { useState } from 'react'
import { api } from '../../shared/api.ts'
import { DetailsPage } from '../../shared/details/details-page.tsx'
import { FieldRow } from '../../shared/form/fields.tsx'
import { Form } from '../../shared/form/form.tsx'
import { type Field, useForm } from '../../shared/form/use-form.ts'
import { paths } from '../../shared/paths.ts'
import { useWhyNot } from '../../shared/session/session.tsx'
import { CopyText } from '../../shared/ui/copy-text.tsx'
import { IDENTITIES, identityPoolQuery } from './api.ts'
import { MappingFields } from './components/mapping-fields.tsx'
import { PoolRolePicker } from './components/pool-role-picker.tsx'
import { trustOfPool } from './pool-trust.ts'
import { mappingProblem, roleProblem, rolesOfValues, roleValuesOf, seenRoles } from './role-values.ts'

/** Which roles a pool gives, and which login gets which. */
export function IdentityPoolRolesPage({ identityPoolId }: { readonly identityPoolId: string }) {
  const query = useQuery(identityPoolQuery(identityPoolId))
  const name = query.data?.name ?? identityPoolId
  return (
    <DetailsPage
      title={`Roles of ${name}`}
      breadcrumbs={[
        { text: 'Identities', href: paths.identityPools() },
        { text: name, href: paths.identityPool(identityPoolId) },
        { text: 'Roles', href: paths.identityPoolRoles(identityPoolId) },
      ]}
      what="identity pool"
      query={query}
      notFound={`There is no identity pool ${identityPoolId}`}
      content={(pool) =>
        pool.roles ? (
          <RolesForm pool={pool} />
        ) : (
          <Alert type="warning" header="The roles of the pool cannot be read">
            They are replaced as a whole, so that nobody can change them who does not see them. The console’s own role
            needs cognito-identity:GetIdentityPoolRoles.
          </Alert>
        )
      }
    />
  )
}

function RolesForm({ pool }: { readonly pool: IdentityPool }) {
  const [opened] = useState(pool)
  const { identityPoolId, allowsUnauthenticated, isOfConsole } = opened
  const { history } = useRouter()
  const client = useQueryClient()
  const form = useForm({
    initial: roleValuesOf(opened),
    rules: {
      authenticated: roleProblem,
      unauthenticated: roleProblem,
      mappings: (mappings) =>
        mappings.filter(({ type }) => type !== 'Default').length > MOST_ROLE_MAPPINGS
          ? `At most ${MOST_ROLE_MAPPINGS} login providers with roles of their own.`
          : mappings.map(mappingProblem).find((problem) => problem !== undefined),
    },
    submit: (values) =>
      api(endpoints.setIdentityPoolRoles, {
        params: { identityPoolId },
        body: { ...rolesOfValues(values), expected: seenRoles(opened) },
      }),
    onDone: () => {
      void client.invalidateQueries({ queryKey: IDENTITIES })
      history.push(paths.identityPool(identityPoolId))
    },
  })
  const roleField = ({ value, set, leave, error }: Field<string>) => ({
    identityPoolId,
    value,
    onChange: set,
    onBlur: leave,
    isInvalid: error !== undefined,
  })
  return (
    <Form
      form={form}
      action="Save roles"
      failure="The roles could not be set"
      unsaved="the roles of the identity pool"
      cancelHref={paths.identityPool(identityPoolId)}
      whyNot={useWhyNot('admin')}
      isBare
    >
      {isOfConsole && (
        <Alert type="warning">
          By this pool the console signs its own people in: what is set here decides what their pages may do.
        </Alert>
      )}
      <Container header={<Header variant="h2">Roles</Header>}>
        <SpaceBetween size="l">
          <FieldRow
            field={form.field('authenticated')}
            label="Role of who signed in"
            description="For everybody whom a login provider below gives no other role. Empty: they get no credentials."
          >
            <PoolRolePicker
              {...roleField(form.field('authenticated'))}
              of="authenticated"
              label="Role of who signed in"
            />
          </FieldRow>
          <FieldRow
            field={form.field('unauthenticated')}
            label="Role of guests"
            description={
              allowsUnauthenticated
                ? 'Anybody gets it who knows the id of the pool. Empty: guests get no credentials.'
                : 'The pool lets no guests in: it counts once it does.'
            }
          >
            <PoolRolePicker {...roleField(form.field('unauthenticated'))} of="unauthenticated" label="Role of guests" />
          </FieldRow>
          <ExpandableSection headerText="A role that trusts this pool">
            <SpaceBetween size="s">
              <Box>
                A role is given only where its trust policy lets this pool: for who signed in, and for guests, each.
              </Box>
              <CopyText what="trust policy for who signed in" text={trustOfPool(identityPoolId, 'authenticated')} />
              {allowsUnauthenticated && (
                <CopyText what="trust policy for guests" text={trustOfPool(identityPoolId, 'unauthenticated')} />
              )}
            </SpaceBetween>
          </ExpandableSection>
        </SpaceBetween>
      </Container>
      <MappingFields identityPoolId={identityPoolId} field={form.field('mappings')} />
    </Form>
  )
}
