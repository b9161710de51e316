import { Stack, Token } from 'aws-cdk-lib';
import { IPortfolio, Portfolio } from 'aws-cdk-lib/aws-servicecatalog';
import { Construct } from 'constructs';
import { InputCheck } from './input-check';

const REMEDY = 'Products are added where the portfolio was made, and portfolios that are shared take none: leave it out, or give one of this account and region';

/** Refuses a portfolio that takes no products of this stack. */
export function checkPortfolio(scope: Construct, portfolio: IPortfolio | undefined): void {
  const { account, region } = Stack.of(scope);
  const isHere = (here: string) => (its: string) => Token.isUnresolved(here) || its === here;
  new InputCheck(scope)
    .that('portfolio', portfolio?.env.account, isHere(account), `be in the stack's account, ${account}`, REMEDY)
    .that('portfolio', portfolio?.env.region, isHere(region), `be in the stack's region, ${region}`, REMEDY)
    .throwIfInvalid();
}

/** By its ARN: what is added to a construct of another stack is made in that one, which would then need this one. */
export function portfolioIn(scope: Construct, id: string, { portfolioArn }: IPortfolio): IPortfolio {
  return Portfolio.fromPortfolioArn(scope, id, portfolioArn);
}
