import Button from '@cloudscape-design/components/button'
import Container from '@cloudscape-design/components/container'
import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useQuery } from '@tanstack/react-query'
import { Facts } from '../details/facts.tsx'
import { saveFile } from '../save-file.ts'
import { VisibleText } from '../text/visible.tsx'
import { formatDateTime } from '../time.tsx'
import { ErrorAlert } from '../ui/error-alert.tsx'
import { Loading } from '../ui/loading.tsx'
import { decodedCertificateQuery } from './decoded-certificate-query.ts'
import './decoded-certificate.css'

interface DecodedCertificateProps {
  readonly pem: string
  /** Of the download. */
  readonly fileName: string
}

/** A certificate as it says itself, read in the browser, and its PEM to copy or download. */
export function DecodedCertificate({ pem, fileName }: DecodedCertificateProps) {
  const { data, error } = useQuery(decodedCertificateQuery(pem))
  return (
    <SpaceBetween size="m">
      {error && <ErrorAlert error={error} what="The certificate could not be decoded" />}
      {!error && !data && <Loading what="certificate" />}
      {data && (
        <Container header={<Header variant="h2">X.509</Header>}>
          <Facts
            facts={[
              { label: 'Subject', copy: data.subject },
              { label: 'Issuer', copy: data.issuer },
              { label: 'Serial number', copy: data.serialNumber },
              { label: 'Valid from', value: formatDateTime(data.notBefore.getTime()) },
              { label: 'Valid until', value: formatDateTime(data.notAfter.getTime()) },
              { label: 'Public key', value: data.key },
              { label: 'Signature', value: data.signature },
              { label: 'SHA-256 fingerprint', copy: data.fingerprintSha256, what: 'the SHA-256 fingerprint' },
              { label: 'SHA-1 fingerprint', copy: data.fingerprintSha1, what: 'the SHA-1 fingerprint' },
            ]}
          />
        </Container>
      )}
      {data && data.extensions.length > 0 && (
        <Container header={<Header variant="h2">Extensions</Header>}>
          <Facts
            columns={2}
            facts={data.extensions.map(({ oid, name, isCritical, text }) => ({
              label: `${name} (${oid})${isCritical ? ', critical' : ''}`,
              value: (
                <span className="td-mono td-extension">
                  <VisibleText text={text} keepsLines />
                </span>
              ),
            }))}
          />
        </Container>
      )}
      <Container
        header={
          <Header
            variant="h2"
            description="The certificate is no secret; its private key is, and AWS IoT does not have it."
            actions={
              <SpaceBetween direction="horizontal" size="xs">
                <CopyToClipboard
                  copyButtonText="Copy PEM"
                  copySuccessText="Copied"
                  copyErrorText="It could not be copied"
                  textToCopy={pem}
                />
                <Button
                  iconName="download"
                  onClick={() => saveFile(new Blob([pem], { type: 'application/x-pem-file' }), fileName)}
                >
                  Download PEM
                </Button>
              </SpaceBetween>
            }
          >
            PEM
          </Header>
        }
      >
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is to be scrolled by keys, too */}
        <section tabIndex={0} aria-label="PEM" className="td-pem">
          <pre>{pem}</pre>
        </section>
      </Container>
    </SpaceBetween>
  )
}
