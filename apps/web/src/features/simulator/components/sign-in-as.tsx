import ColumnLayout from '@cloudscape-design/components/column-layout'
import FormField from '@cloudscape-design/components/form-field'
import Select from '@cloudscape-design/components/select'
import SpaceBetween from '@cloudscape-design/components/space-between'
import Textarea from '@cloudscape-design/components/textarea'
import Toggle from '@cloudscape-design/components/toggle'
import { type IamPrincipalKind, SIGN_IN_KINDS } from '@thingdeck/contract'
import { useState } from 'react'
import type { SearchProps } from '../../../shared/search-props.ts'
import { keepPasted, usePasted } from '../pasted-policies.ts'
import type { SimulatorSearch } from '../search.ts'
import { kindsFor, SIGN_INS, signInOf } from '../sign-in.ts'
import { CommittedInput } from './committed-input.tsx'

const OPTIONS = SIGN_INS.map(({ as, label, decides }) => ({ value: as, label, description: decides }))

/** As whom somebody comes to AWS IoT: each of its kinds of principal has other policies that decide. */
export function SignInAs({ search, setSearch }: SearchProps<SimulatorSearch>) {
  const as = signInOf(search)
  const chosen = SIGN_INS.find((each) => each.as === as)
  return (
    <FormField label="Sign in as" description={chosen?.decides}>
      <Select
        ariaLabel="Sign in as"
        options={OPTIONS}
        selectedOption={OPTIONS.find(({ value }) => value === as) ?? null}
        onChange={({ detail }) => {
          const next = SIGN_IN_KINDS.find((kind) => kind === detail.selectedOption.value)
          setSearch({
            as: next,
            certificate: undefined,
            ...(next !== 'cognito' && { identity: undefined }),
            ...(next === undefined || next === 'authorizer' ? { iam: undefined } : roleOnly(search, next)),
            pasted: next === 'authorizer' ? '1' : undefined,
          })
        }}
      />
    </FormField>
  )
}

/** What was chosen stays where it can be chosen still. */
const roleOnly = ({ iam }: SimulatorSearch, as: (typeof SIGN_IN_KINDS)[number]): { readonly iam?: undefined } => {
  const kind = iam?.split('/')[0]
  return kindsFor(as).some((each) => each === kind) ? {} : { iam: undefined }
}

/** Whose IAM policies count, or the policies themselves. */
export function IamFields({ search, setSearch }: SearchProps<SimulatorSearch>) {
  const as = signInOf(search)
  if (as === 'certificate') return null
  const isPasted = as === 'authorizer' || search.pasted === '1'
  return (
    <SpaceBetween size="s">
      {as !== 'authorizer' && (
        <ColumnLayout columns={3}>
          <IamName search={search} setSearch={setSearch} />
          <FormField label="Policies" description="Where the console may not read them, or to try others.">
            <Toggle
              checked={isPasted}
              onChange={({ detail }) => setSearch({ pasted: detail.checked ? '1' : undefined })}
            >
              Decide by pasted policies
            </Toggle>
          </FormField>
        </ColumnLayout>
      )}
      {isPasted && <Pasted isAnswer={as === 'authorizer'} />}
    </SpaceBetween>
  )
}

function IamName({ search, setSearch }: SearchProps<SimulatorSearch>) {
  const kinds = kindsFor(signInOf(search))
  const [written = '', name = ''] = search.iam?.split('/') ?? []
  const [kind, setKind] = useState<IamPrincipalKind>(kinds.find((each) => each === written) ?? 'role')
  const put = (of: IamPrincipalKind, called: string) =>
    setSearch({ iam: called === '' ? undefined : `${of}/${called.slice(called.lastIndexOf('/') + 1)}` })
  const shown = kinds.includes(kind) ? kind : 'role'
  return (
    <>
      {kinds.length > 1 && (
        <FormField label="Kind" description="A user has the policies of their groups, too.">
          <Select
            ariaLabel="Kind of IAM principal"
            options={kinds.map((value) => ({ value, label: LABELS[value] }))}
            selectedOption={{ value: shown, label: LABELS[shown] }}
            onChange={({ detail }) => {
              const next = kinds.find((each) => each === detail.selectedOption.value) ?? 'role'
              setKind(next)
              if (name !== '') put(next, name)
            }}
          />
        </FormField>
      )}
      <FormField label={`${LABELS[shown]} of IAM`} description="Its name, or its ARN.">
        <CommittedInput
          ariaLabel={`Name of the ${shown}`}
          value={name}
          placeholder={shown === 'role' ? 'e.g. thingdeck-operator' : `Name of the ${shown}`}
          onCommit={(text) => put(shown, text.trim())}
        />
      </FormField>
    </>
  )
}

const LABELS = { role: 'Role', user: 'User', group: 'Group' } as const

function Pasted({ isAnswer }: { readonly isAnswer: boolean }) {
  const text = usePasted()
  return (
    <FormField
      stretch
      label={isAnswer ? 'Answer of the authorizer’s function' : 'IAM policies'}
      description={
        isAnswer
          ? 'The whole answer with its policyDocuments, or one policy document. It is of this browser tab, and not in the link.'
          : 'A policy document, or several in a JSON list. They are of this browser tab, and not in the link.'
      }
    >
      <Textarea
        value={text}
        rows={8}
        spellcheck={false}
        placeholder={PLACEHOLDER}
        onChange={({ detail }) => keepPasted(detail.value)}
      />
    </FormField>
  )
}

const PLACEHOLDER =
  '{ "Version": "2012-10-17", "Statement": [{ "Effect": "Allow", "Action": "iot:Publish", "Resource": "*" }] }'
