import Alert from '@cloudscape-design/components/alert'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import Link from '@cloudscape-design/components/link'
import SpaceBetween from '@cloudscape-design/components/space-between'
import type { Authorizer } from '@thingdeck/contract'
import { paths } from '../../../shared/paths.ts'
import { NameText } from '../../../shared/text/name-text.tsx'
import { visible } from '../../../shared/text/visible.tsx'
import { useAuthorizerUses } from '../use-authorizer-uses.ts'
import { usesInWords } from '../use-words.ts'

/** For whom it is asked. */
export function AuthorizerUsesPanel({ authorizer: { authorizerName, status } }: { readonly authorizer: Authorizer }) {
  const { uses, error } = useAuthorizerUses(authorizerName)
  const isAsked = uses !== undefined && (uses.isDefault || uses.domains.length > 0)
  return (
    <Container header={<Header variant="h2">For whom it is asked</Header>}>
      <SpaceBetween size="s">
        {isAsked && status === 'INACTIVE' && (
          <Alert type="warning">It is INACTIVE: whoever it is asked for is refused.</Alert>
        )}
        <span>{visible(usesInWords(uses, error))}</span>
        {uses?.domains.map(({ domainConfigurationName, domainName, authorizer }) => (
          <span key={domainConfigurationName}>
            <Link href={paths.domainConfiguration(domainConfigurationName)}>
              <NameText text={domainConfigurationName} />
            </Link>
            {domainName !== undefined && <span className="td-mono td-weak"> {visible(domainName)}</span>}
            {authorizer?.allowAuthorizerOverride === true
              ? ': clients may name another one.'
              : ': clients may name no other.'}
          </span>
        ))}
      </SpaceBetween>
    </Container>
  )
}
