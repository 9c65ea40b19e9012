// What a person must decide before the session goes on, asked in place.
import { KeyRound, Link2, Power, RotateCw, ShieldCheck, ShieldOff } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { assertNever } from '../../../electron/common/result';
import type { Question, SessionView } from '../../../electron/common/session';
import { FocusGroup } from '../../navigation/FocusGroup';
import { entryById, useLibrary } from '../../stores/library';
import { openRoute } from '../../stores/route';
import { givePassword, tellSession, trustCertificate } from '../../stores/sessions';
import { Button } from '../../ui/Button';
import { endWords } from '../../ui/end-words';
import { Field } from '../../ui/Field';
import { Fingerprint } from '../../ui/Fingerprint';
import { Switch } from '../../ui/Switch';
import { nameInSentence } from '../../ui/host-state';
import { questionTitle } from '../../ui/session-words';
import { useFocusWhenAsked } from './use-focus-when-asked';

interface QuestionProps<Q extends Question = Question> {
  readonly session: SessionView;
  readonly question: Q;
}

export function QuestionPanel({ session, question }: QuestionProps): ReactNode {
  useFocusWhenAsked('session-question');
  return (
    <FocusGroup className="question" focusKey="session-question" role="group" label={questionTitle(question)}>
      <QuestionBody session={session} question={question} />
    </FocusGroup>
  );
}

function QuestionBody({ session, question }: QuestionProps): ReactNode {
  const { t } = useTranslation('session');
  switch (question.kind) {
    case 'password':
      return <PasswordQuestion session={session} question={question} />;
    case 'trust-certificate':
      return (
        <>
          <p>{t('certificate')}</p>
          <Fingerprint rows={[[t('subject'), question.subject], [t('fingerprint'), question.fingerprint]]} />
          <Button label={t('trust')} icon={ShieldCheck} look="primary" onPress={() => trustCertificate(session.id, question.fingerprint)} />
        </>
      );
    case 'certificate-changed':
      return <ChangedCertificate session={session} />;
    case 'not-paired':
      return <PairQuestion session={session} text={t('notPaired')} />;
    case 'crash-loop':
      return <RetryQuestion session={session} text={t('crashLoop', { crashes: question.crashes, minutes: question.minutes, end: endWords(question.end) })} />;
    case 'other-app':
      return <OtherAppQuestion session={session} appName={question.appName} />;
    case 'host-name-unknown':
      return <RetryQuestion session={session} text={t('nameUnknown')} />;
    case 'client-failed':
      return <RetryQuestion session={session} text={`${endWords(question.end)}. ${t('seeOutput')}`} />;
    default:
      return assertNever(question);
  }
}

function RetryQuestion({ session, text }: { readonly session: SessionView; readonly text: string }): ReactNode {
  const { t } = useTranslation('session');
  return (
    <>
      <p>{text}</p>
      <Button label={t('tryAgain')} icon={RotateCw} look="primary" onPress={() => tellSession('reconnect', session.id)} />
    </>
  );
}

/** The harmless button first: it has the focus, and what is not saved in the other app is lost by the second. */
function OtherAppQuestion({ session, appName }: { readonly session: SessionView; readonly appName: string | null }): ReactNode {
  const { t } = useTranslation('session');
  const name = appName === null ? null : nameInSentence(appName);
  return (
    <>
      <p>{name === null ? t('someOtherApp') : t('otherApp', { appName: name })}</p>
      <div className="question__row">
        <Button label={t('lookAgain')} icon={RotateCw} onPress={() => tellSession('reconnect', session.id)} />
        <Button label={name === null ? t('takeOverSome') : t('takeOver', { appName: name })} icon={Power} look="danger" onPress={() => tellSession('take-over', session.id)} />
      </div>
    </>
  );
}

/** What only the host's own page can mend. */
function PairQuestion({ session, text }: { readonly session: SessionView; readonly text: string }): ReactNode {
  const { t } = useTranslation('session');
  return (
    <>
      <p>{text}</p>
      <div className="question__row">
        <Button label={t('pair')} icon={Link2} look="primary" onPress={() => openRoute({ page: 'host', hostId: session.hostId })} />
        <Button label={t('tryAgain')} icon={RotateCw} onPress={() => tellSession('reconnect', session.id)} />
      </div>
    </>
  );
}

function ChangedCertificate({ session }: { readonly session: SessionView }): ReactNode {
  const { t } = useTranslation('session');
  const protocol = useLibrary((state) => entryById(state.view, session.entryId)?.entry.protocol);
  // A GameStream host's certificate is trusted by pairing, and by nothing else.
  if (protocol === 'gamestream') return <PairQuestion session={session} text={t('hostReinstalled')} />;
  return (
    <>
      <p>{t('certificateChanged')}</p>
      <Button label={t('forgetCertificate')} icon={ShieldOff} look="danger" onPress={() => tellSession('forget-certificate', session.id)} />
    </>
  );
}

function PasswordQuestion({ session, question }: QuestionProps<Extract<Question, { kind: 'password' }>>): ReactNode {
  const { t } = useTranslation('session');
  const [password, setPassword] = useState('');
  const [remember, setRemember] = useState(true);
  return (
    <form
      className="question__form"
      onSubmit={(event) => {
        event.preventDefault();
        void givePassword(session.id, password, remember);
      }}
    >
      <p>{question.reason === 'missing' ? t('passwordMissing') : t('passwordRefused')}</p>
      <div className="question__row">
        <Field label={t('password')} secret value={password} onChange={setPassword} focusKey="session-password" />
        <Button label={t('connect')} icon={KeyRound} look="primary" type="submit" />
      </div>
      <Switch label={t('remember')} hint={t('rememberHint')} checked={remember} onChange={setRemember} />
    </form>
  );
}
