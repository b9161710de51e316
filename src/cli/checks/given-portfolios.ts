import { Check, each } from '../check';
import { problem } from '../finding';

/** Portfolios that were given are there. */
export const GIVEN_PORTFOLIOS: Check = {
  name: 'given-portfolios',
  title: 'A given portfolio is there, in the account of the stack.',
  actions: ['servicecatalog:DescribePortfolio'],
  look: (stack, account) => each([...stack.texts(/^PortfolioId$/).keys()], async (Id) => {
    const question = { action: 'servicecatalog:DescribePortfolio', subject: `the portfolio ${Id}`, absent: ['ResourceNotFoundException'] };
    const answer = await account.json<{ PortfolioDetail: { ARN: string } }>('servicecatalog', 'AWS242ServiceCatalogService', question, { Id });
    if (answer === undefined) return [problem(`There is no portfolio ${Id}.`, 'Name one that there is, in the account and region of the stack.')];
    return answer.PortfolioDetail.ARN.split(':')[4] === stack.known.account ? []
      : [problem(`The portfolio ${Id} is another account's (${answer.PortfolioDetail.ARN}), and takes no products of this one.`, 'Name one of the account of the stack, or leave it out.')];
  }),
};
