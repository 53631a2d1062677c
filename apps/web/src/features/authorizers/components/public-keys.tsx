import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { useQuery } from '@tanstack/react-query'
import { Facts } from '../../../shared/details/facts.tsx'
import { Copyable } from '../../../shared/ui/copyable.tsx'
import { publicKeyQuery } from '../api.ts'
import { LEAST_KEY_BITS } from '../signing-key.ts'

/** The keys that tokens are verified with. */
export function PublicKeys({ keys }: { readonly keys: Readonly<Record<string, string>> }) {
  const names = Object.keys(keys)
  return (
    <Container
      header={
        <Header
          variant="h2"
          counter={`(${names.length})`}
          description="A token is good when any one of them verifies its signature. So a key is changed by adding the new one first."
        >
          Public keys
        </Header>
      }
    >
      <Facts
        columns={1}
        facts={names.map((name) => ({ label: name, value: <PublicKeyFacts pem={keys[name] ?? ''} name={name} /> }))}
      />
    </Container>
  )
}

/** Size and fingerprint of one, or why it is none. */
export function PublicKeyFacts({ pem, name }: { readonly pem: string; readonly name: string }) {
  const { data, error } = useQuery(publicKeyQuery(pem))
  if (error) return <StatusIndicator type="error">{error.message}</StatusIndicator>
  if (!data) return '…'
  return (
    <>
      <StatusIndicator type={data.bits < LEAST_KEY_BITS ? 'error' : 'success'}>RSA, {data.bits} bits</StatusIndicator>{' '}
      <span className="td-weak">SHA-256 </span>
      <Copyable what={`fingerprint of ${name}`} text={data.fingerprint} />
    </>
  )
}
