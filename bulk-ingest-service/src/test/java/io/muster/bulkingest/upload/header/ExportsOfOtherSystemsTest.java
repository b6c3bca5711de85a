package io.muster.bulkingest.upload.header;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.bulkingest.spool.Column;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whole header lines as other systems write them, found in their documentation and templates. */
class ExportsOfOtherSystemsTest {
  @Test
  void entrasBulkCreateTemplate() {
    understood(
        "Name [displayName] Required,User name [userPrincipalName] Required,Initial password"
            + " [passwordProfile] Required,Block sign in (Yes/No) [accountEnabled] Required,First"
            + " name [givenName],Last name [surname],Job title [jobTitle],Department"
            + " [department],Usage location [usageLocation],Street address"
            + " [streetAddress],State or province [state],Country or region [country],Office"
            + " [physicalDeliveryOfficeName],City [city],ZIP or postal code [postalCode],Office"
            + " phone [telephoneNumber],Mobile phone [mobile]",
        "DisplayName,UserPrincipalName,Password,BlockSignIn,FirstName,LastName,JobTitle,Department,"
            + "UsageLocation,StreetAddress,StateOrProvince,Country,Office,City,PostalCode,"
            + "OfficePhone,MobilePhone");
  }

  /** Its accountEnabled, without brackets, says the opposite of BlockSignIn: told, not taken. */
  @Test
  void entrasDownloadOfUsers() {
    understood(
        "userPrincipalName,displayName,surname,mail,givenName,id,userType,jobTitle,department,"
            + "accountEnabled,usageLocation,streetAddress,state,country,officeLocation,city,"
            + "postalCode,telephoneNumber,mobilePhone,alternateEmailAddress,ageGroup,"
            + "consentProvidedForMinor,legalAgeGroupClassification,companyName,creationType,"
            + "directorySynced,invitationState,identityIssuer,createdDateTime",
        "UserPrincipalName,DisplayName,LastName,-mail,FirstName,-id,-userType,JobTitle,Department,"
            + "-accountEnabled,UsageLocation,StreetAddress,StateOrProvince,Country,Office,City,"
            + "PostalCode,OfficePhone,MobilePhone,AlternateEmail,-ageGroup,"
            + "-consentProvidedForMinor,-legalAgeGroupClassification,-companyName,-creationType,"
            + "-directorySynced,-invitationState,-identityIssuer,-createdDateTime");
  }

  @Test
  void entrasBulkDeleteTemplate() {
    understood("User name [userPrincipalName] Required", "UserPrincipalName");
  }

  @Test
  void microsoft365sTemplate() {
    understood(
        "Username,First name,Last name,Display name,Job title,Department,Office number,Office"
            + " phone,Mobile phone,Fax,Alternate email address,Address,City,State or province,ZIP"
            + " or postal code,Country or region",
        "UserPrincipalName,FirstName,LastName,DisplayName,JobTitle,Department,Office,OfficePhone,"
            + "MobilePhone,Fax,AlternateEmail,StreetAddress,City,StateOrProvince,PostalCode,"
            + "Country");
  }

  @Test
  void microsoft365sExportOfUsers() {
    understood(
        "Block credential,City,Country/Region,Department,DirSyncEnabled,Display name,Fax,First"
            + " name,Last dirsync time,Last name,Last password change time stamp,License"
            + " assignment details,Licenses,Mobile Phone,Oath token metadata,Object"
            + " Id,Office,Password never expires,Phone number,Postal code,Preferred data"
            + " location,Preferred language,Proxy addresses,Soft deletion time"
            + " stamp,State,Street address,Strong password required,Title,Usage location,User"
            + " principal name,When created",
        "BlockSignIn,City,Country,Department,-DirSyncEnabled,DisplayName,Fax,FirstName,"
            + "-Last dirsync time,LastName,-Last password change time stamp,"
            + "-License assignment details,Licenses,MobilePhone,-Oath token metadata,"
            + "-Object Id,Office,-Password never expires,OfficePhone,PostalCode,"
            + "-Preferred data location,-Preferred language,-Proxy addresses,"
            + "-Soft deletion time stamp,StateOrProvince,StreetAddress,"
            + "-Strong password required,JobTitle,UsageLocation,UserPrincipalName,-When created");
  }

  @Test
  void googleWorkspacesTemplate() {
    understood(
        "First Name [Required],Last Name [Required],Email Address [Required],Password"
            + " [Required],Password Hash Function [UPLOAD ONLY],Org Unit Path [Required],New"
            + " Primary Email [UPLOAD ONLY],Recovery Email,Home Secondary Email,Work Secondary"
            + " Email,Recovery Phone [MUST BE IN THE E.164 FORMAT],Work Phone,Home Phone,Mobile"
            + " Phone,Work Address,Home Address,Employee ID,Employee Type,Employee Title,Manager"
            + " Email,Department,Cost Center,Building ID,Floor Name,Floor Section,Change Password"
            + " at Next Sign-In,New Status [UPLOAD ONLY],New Licenses [UPLOAD ONLY],Advanced"
            + " Protection Program enrollment",
        "FirstName,LastName,UserPrincipalName,Password,,Unit,-New Primary Email [UPLOAD ONLY],"
            + "AlternateEmail,-Home Secondary Email,-Work Secondary Email,"
            + "-Recovery Phone [MUST BE IN THE E.164 FORMAT],OfficePhone,-Home Phone,MobilePhone,"
            + "StreetAddress,-Home Address,EmployeeId,-Employee Type,JobTitle,Manager,Department,"
            + "-Cost Center,-Building ID,-Floor Name,-Floor Section,MustChangePassword,BlockSignIn,"
            + "Licenses,-Advanced Protection Program enrollment");
  }

  @Test
  void googleWorkspacesDownloadOfUsers() {
    understood(
        "First Name [Required],Last Name [Required],Email Address [Required],Status [READ"
            + " ONLY],Last Sign In [READ ONLY],2sv Enrolled [READ ONLY],Email Usage [READ ONLY]",
        "FirstName,LastName,UserPrincipalName,-Status [READ ONLY],-Last Sign In [READ ONLY],"
            + "-2sv Enrolled [READ ONLY],-Email Usage [READ ONLY]");
  }

  @Test
  void oktasTemplate() {
    understood(
        "login,firstName,lastName,middleName,honorificPrefix,honorificSuffix,email,title,"
            + "displayName,nickName,profileUrl,secondEmail,mobilePhone,primaryPhone,streetAddress,"
            + "city,state,zipCode,countryCode,postalAddress,preferredLanguage,locale,timezone,"
            + "userType,employeeNumber,costCenter,organization,division,department,managerId,"
            + "manager",
        "UserPrincipalName,FirstName,LastName,-middleName,-honorificPrefix,-honorificSuffix,-email,"
            + "JobTitle,DisplayName,-nickName,-profileUrl,AlternateEmail,MobilePhone,OfficePhone,"
            + "StreetAddress,City,StateOrProvince,PostalCode,Country,-postalAddress,"
            + "-preferredLanguage,-locale,-timezone,-userType,EmployeeId,-costCenter,"
            + "-organization,-division,Department,-managerId,Manager");
  }

  @Test
  void oktasManagerIdWhereThereIsNoManager() {
    understood("login,managerId", "UserPrincipalName,Manager");
  }

  @Test
  void cognitosTemplate() {
    understood(
        "name,given_name,family_name,middle_name,nickname,preferred_username,profile,picture,"
            + "website,email,email_verified,gender,birthdate,zoneinfo,locale,phone_number,"
            + "phone_number_verified,address,updated_at,custom:joinedOn,cognito:mfa_enabled,"
            + "cognito:username",
        "DisplayName,FirstName,LastName,-middle_name,-nickname,-preferred_username,-profile,"
            + "-picture,-website,-email,-email_verified,-gender,-birthdate,-zoneinfo,-locale,"
            + "OfficePhone,-phone_number_verified,StreetAddress,-updated_at,-custom:joinedOn,"
            + "-cognito:mfa_enabled,UserPrincipalName");
  }

  /**
   * @param expected for each column its canonical name, a minus and the header where it is reported
   *     as unknown, nothing where it is known and no column of a row
   */
  private static void understood(String headers, String expected) {
    List<String> names = List.of(headers.split(",", -1));
    HeaderLine line = HeaderLine.of(names);
    List<String> found = new ArrayList<>();
    for (int i = 0; i < line.size(); i++) {
      Column column = line.column(i);
      boolean unknown = line.unknown().contains(names.get(i));
      found.add(column != null ? column.canonical() : unknown ? "-" + names.get(i) : "");
    }

    assertThat(found).containsExactly(expected.split(",", -1));
  }
}
