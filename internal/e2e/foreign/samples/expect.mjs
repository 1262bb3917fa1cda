// What a verifier must answer. PLAIN is the answer on a badge with nothing
// special about it; a sample names only what differs.

export const PLAIN = {
  form: 'ok json', contexts: 'ok known', schema: 'ok conform', subject: 'ok opaque',
  proof: 'ok embedded', issuer: 'ok controls', refresh: 'ok none', status: 'unknown none', dates: 'ok noEnd',
  endorsements: 'ok none', recipient: 'unknown notAsked', results: 'ok level', inclusion: 'unknown foreign'
};

// json, jwt and hosted are the answers on the three forms. Each takes what
// differs: {verdict, suite, carrier, checks, stops}; stops names the check after
// which nothing more could be asked.
export const json = (suite, more = {}) => answer({carrier: 'json', form: 'json', suite}, more);

export const jwt = (suite, more = {}) =>
  answer({carrier: 'jwt', form: 'jwt', suite}, {...more, checks: {form: 'ok jwt', proof: 'ok jwt', ...more.checks}});

// older is what differs in the data model 1.1.
export const older = {checks: {schema: 'ok conform11'}};

export const altered = {verdict: 'invalid', stops: 'proof', checks: {proof: 'failed altered'}};

// answer names the suite only where the proof holds: before that it is a claim.
function answer({suite, ...kind}, {verdict = 'valid', ...more}) {
  const holds = (more.checks?.proof ?? PLAIN.proof).startsWith('ok') && (more.stops ?? 'inclusion') === 'inclusion';
  return {...kind, ...holds && {suite}, verdict, ...more};
}
