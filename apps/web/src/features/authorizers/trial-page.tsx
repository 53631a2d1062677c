import Alert from '@cloudscape-design/components/alert'
import Button from '@cloudscape-design/components/button'
import ExpandableSection from '@cloudscape-design/components/expandable-section'
import Link from '@cloudscape-design/components/link'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { AUTHORIZER_NAME_KEY, partitionOf } from '@thingdeck/policies'
import { useState } from 'react'
import { formatCheck, parseCheck } from '../../shared/authorization/check.ts'
import { CertificatePemField } from '../../shared/certificate/certificate-pem-field.tsx'
import { usePageChrome } from '../../shared/chrome/chrome.tsx'
import { PageHeader } from '../../shared/help/page-header.tsx'
import { paths } from '../../shared/paths.ts'
import type { SearchProps } from '../../shared/search-props.ts'
import { useSession, useWhyNot } from '../../shared/session/session.tsx'
import { visible } from '../../shared/text/visible.tsx'
import { Commands } from '../../shared/ui/commands.tsx'
import { ErrorAlert } from '../../shared/ui/error-alert.tsx'
import { Answer } from './components/trial/answer-step.tsx'
import { ClientSnippets } from './components/trial/client-snippets.tsx'
import { Credentials } from './components/trial/credentials.tsx'
import { May } from './components/trial/may-step.tsx'
import { SignToken } from './components/trial/sign-token.tsx'
import { Step, type StepState } from './components/trial/step.tsx'
import type { TrialSearch } from './search.ts'
import { answeredPolicies, decideAnswered } from './trial/answered-policies.ts'
import type { ClientCertificate } from './trial/client-certificate.ts'
import { judgeAnswer, letsIn } from './trial/judge-answer.ts'
import type { Sent } from './trial/sent.ts'
import { putPairs } from './trial/sent-pairs.ts'
import { useTrial } from './trial/use-trial.ts'
import { putIntoUserName } from './trial/user-name.ts'

/** What is checked unless an address says otherwise: what the starting point of a function allows, and what it does not. */
const usualChecks = (clientId: string, isHttps: boolean): readonly string[] => {
  const own = `dt/${clientId || 'pump-7'}/telemetry`
  return isHttps
    ? [`iot:Publish ${own}`]
    : ['iot:Connect', `iot:Publish ${own}`, `iot:Subscribe ${own}`, `iot:Receive ${own}`]
}

/** What comes of credentials, step by step. They stay in the page: nothing of them is in its address or kept. */
export function TryAuthorizerPage({ search, setSearch }: SearchProps<TrialSearch>) {
  usePageChrome({
    title: 'Try custom authentication out',
    breadcrumbs: [
      { text: 'Authorizers', href: paths.authorizers() },
      { text: 'Try out', href: paths.tryAuthorizer() },
    ],
  })
  const { account, region } = useSession()
  const whyNotTest = useWhyNot('operator')
  const { authorizer: named, over = 'mqtt', client = '' } = search
  const [secret, setSecret] = useState(() => {
    const name = named === undefined ? [] : [{ key: AUTHORIZER_NAME_KEY, value: named }]
    return {
      userName: over === 'mqtt' && named !== undefined ? putIntoUserName('', name) : '',
      query: over !== 'mqtt' && named !== undefined ? `${AUTHORIZER_NAME_KEY}=${encodeURIComponent(named)}` : '',
      password: '',
      headers: '',
    }
  })
  const sent: Sent = { transport: over, clientId: client, ...secret }
  const onChange = ({ userName, password, query, headers }: Partial<Sent>) =>
    setSecret((before) => ({
      userName: userName ?? before.userName,
      password: password ?? before.password,
      query: query ?? before.query,
      headers: headers ?? before.headers,
    }))
  const [certificate, setCertificate] = useState<ClientCertificate>()
  const trial = useTrial(search, sent, certificate)
  const { choice, authorizer, signature, answer, presented, host, isCertificateToo } = trial
  const isInactive = authorizer?.status === 'INACTIVE'
  const ofCertificate = isCertificateToo ? { principalId: certificate?.principalId } : undefined
  const judged = answer?.outcome === 'answered' ? judgeAnswer(answer, ofCertificate) : []
  const isIn = answer?.outcome === 'answered' && letsIn(judged)
  const policies = answeredPolicies(answer?.policyDocuments ?? [])
  const checks = (search.check ?? usualChecks(client, over === 'https')).flatMap((text) => parseCheck(text) ?? [])
  const rows = decideAnswered({
    policies,
    arnPrefix: `arn:${partitionOf(region)}:iot:${region}:${account}`,
    clientId: client,
    door: over === 'https' ? 'https' : 'mqtt',
    checks,
  })
  const canAsk = choice?.kind === 'chosen' && authorizer !== undefined
  const refusedHere = signature?.kind === 'refused'
  const denied = rows.filter(({ outcome }) => outcome !== undefined && outcome.decision !== 'ALLOWED').length

  return (
    <SpaceBetween size="m">
      <PageHeader description="Write what a client would send, and see what comes of it at each step. What you write stays in this page: the link has none of it.">
        Try custom authentication out
      </PageHeader>
      <Step
        number={1}
        title="What the client sends"
        state={presented.problems.length > 0 ? 'note' : 'good'}
        outcome={presented.problems.length > 0 ? 'Something in it is likely not meant' : 'Read as AWS IoT reads it'}
      >
        <SpaceBetween size="m">
          <Credentials
            sent={sent}
            onChange={onChange}
            search={search}
            setSearch={(change) => setSearch(change, { replace: true })}
            domains={trial.domains?.filter(({ domainType }) => domainType !== 'ENDPOINT')}
            domain={trial.domain}
            presented={presented}
          />
          {isCertificateToo && (
            <CertificatePemField
              label="Certificate of the client"
              description="This domain wants one besides, whose key the handshake proves. As PEM; it is read in this browser and sent nowhere."
              onPem={async (pem) => {
                const { readClientCertificate } = await import('./trial/client-certificate.ts') // what reads it is large
                setCertificate(await readClientCertificate(pem))
              }}
            />
          )}
          <ExpandableSection headerText="Have it written and signed here" defaultExpanded={named !== undefined}>
            <SignToken
              sent={sent}
              onChange={onChange}
              authorizer={authorizer}
              named={named ?? ''}
              onName={(name) => {
                setSearch({ authorizer: name || undefined }, { replace: true })
                const pairs = [{ key: AUTHORIZER_NAME_KEY, value: name }]
                if (over === 'mqtt') onChange({ userName: putIntoUserName(sent.userName, pairs) })
                else onChange({ query: putPairs(sent.query.replace(/^\?/, ''), pairs) })
              }}
            />
          </ExpandableSection>
        </SpaceBetween>
      </Step>
      {trial.error && (
        <ErrorAlert error={trial.error} what="What decides about it could not be read" onRetry={trial.refetch} />
      )}
      <Step number={2} title="Which authorizer is asked" {...choiceStep()}>
        {choice?.kind === 'none' && <Alert type="error">{visible(choice.whatToDo)}</Alert>}
        {isInactive && (
          <Alert type="error">
            It is INACTIVE: a client is refused here. It can be tested all the same, before{' '}
            <Link href={paths.authorizer(authorizer.authorizerName)}>it is activated</Link>.
          </Alert>
        )}
      </Step>
      <Step number={3} title="The signature of the token" {...signatureStep()}>
        {signature?.kind === 'refused' && <Alert type="error">{visible(signature.whatToDo)}</Alert>}
      </Step>
      <Step
        number={4}
        title="What the function is given"
        state={!canAsk || refusedHere ? 'waiting' : 'good'}
        outcome={
          refusedHere
            ? 'AWS IoT does not get so far'
            : 'As it is when a client connects; the connection’s id is AWS IoT’s'
        }
      >
        <Commands what="Event of the function" text={JSON.stringify(trial.event, undefined, 2)} />
      </Step>
      <Step
        number={5}
        title="What the function answers"
        {...answerStep()}
        actions={
          <Button variant="primary" loading={trial.test.isBusy} {...testButton()} onClick={trial.test.run}>
            Run the function
          </Button>
        }
      >
        <SpaceBetween size="s">
          <span className="td-weak">
            AWS IoT really runs the function with what is written above (TestInvokeAuthorizer): whatever it does besides
            answering, it does. The activity says that it was run, and by whom, and nothing of what was sent.
          </span>
          {isCertificateToo && (
            <Alert type="info">
              TestInvokeAuthorizer has no place for a certificate: here the function is given the event of step 4
              without x509CertificatePem and principalId.
            </Alert>
          )}
          {trial.test.error && <ErrorAlert error={trial.test.error} what="The authorizer could not be tested" />}
          {answer && authorizer && (
            <Answer authorizerName={authorizer.authorizerName} answer={answer} judged={judged} />
          )}
        </SpaceBetween>
      </Step>
      <Step number={6} title="What the client may" {...mayStep()}>
        {isIn && (
          <SpaceBetween size="s">
            {isCertificateToo && (
              <Alert type="info">
                At this domain the policies of the client’s certificate count besides: what is denied here may be
                allowed there.{' '}
                {certificate && (
                  <Link
                    href={paths.simulator({ certificate: certificate.principalId, client, check: ['iot:Connect'] })}
                  >
                    What does its certificate allow?
                  </Link>
                )}
              </Alert>
            )}
            <May
              rows={rows}
              policies={policies}
              isHttps={over === 'https'}
              clientId={client}
              onChange={(changed) => setSearch({ check: changed.map(formatCheck) }, { replace: true })}
            />
          </SpaceBetween>
        )}
      </Step>
      <ClientSnippets sent={sent} host={host} domain={trial.domain} />
    </SpaceBetween>
  )

  function choiceStep(): { readonly state: StepState; readonly outcome: React.ReactNode } {
    if (!choice) return { state: trial.error ? 'waiting' : 'reading', outcome: 'Reading domains and authorizers' }
    if (choice.kind === 'none') {
      const reason = choice.reason === undefined ? '' : ` The log says ${choice.reason}.`
      return { state: 'bad', outcome: visible(`${choice.why}${reason}`) }
    }
    return {
      state: trial.error || isInactive ? 'bad' : 'good',
      outcome: (
        <>
          <Link href={paths.authorizer(choice.authorizerName)}>{choice.authorizerName}</Link>: {visible(choice.why)}
        </>
      ),
    }
  }

  function signatureStep(): { readonly state: StepState; readonly outcome: React.ReactNode } {
    switch (signature?.kind) {
      case 'verified':
        return { state: 'good', outcome: visible(`The public key ${signature.keyName} verifies it.`) }
      case 'refused':
        return { state: 'bad', outcome: visible(`${signature.why} The function is not called.`) }
      case 'not-needed':
        return { state: 'note', outcome: 'This authorizer has no signing: the function is called for whoever comes.' }
      default:
        return { state: 'waiting', outcome: 'It is not known yet which authorizer is asked' }
    }
  }

  function answerStep(): { readonly state: StepState; readonly outcome: React.ReactNode } {
    if (!answer) return { state: 'waiting', outcome: 'It was not run with these credentials' }
    const took = `after ${answer.tookMs} ms, from here to AWS IoT and back`
    if (answer.outcome === 'refused') return { state: 'bad', outcome: `AWS IoT refused it ${took}` }
    return isIn
      ? { state: 'good', outcome: `It lets the client in, ${took}` }
      : { state: 'bad', outcome: `It does not let the client in, ${took}` }
  }

  function mayStep(): { readonly state: StepState; readonly outcome: React.ReactNode } {
    if (!answer) return { state: 'waiting', outcome: 'It is known when the function was run' }
    if (!isIn) return { state: 'waiting', outcome: 'The client is not let in' }
    if (denied === 0) return { state: 'good', outcome: 'All of this is allowed by what the function answered' }
    return { state: 'bad', outcome: `${denied} of ${rows.length} denied by what the function answered` }
  }

  function testButton() {
    const whyNot =
      whyNotTest ??
      (canAsk ? undefined : 'First it has to be clear which authorizer is asked.') ??
      (refusedHere ? 'AWS IoT calls the function for no token without a good signature: see step 3.' : undefined)
    return whyNot === undefined ? {} : { disabled: true, disabledReason: whyNot }
  }
}
